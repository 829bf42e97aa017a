import { isPicture } from './folder';

interface NamedFile {
  readonly path: string;
  readonly normal: string;
  /** Without the ending of a picture. */
  readonly stem: string;
}

/** The chosen files, to be found by what tables call them. */
export class FilesByName {
  /** By the last part of the path, with its ending and without, in lower case: a table of ten thousand rows cannot look through as many files for each. */
  readonly #files = new Map<string, NamedFile[]>();

  constructor(paths: readonly string[]) {
    for (const path of paths) {
      const normal = path.normalize('NFC');
      // RAF-DB's list calls `train_1.jpg` what lies in its folder as `train_1_aligned.jpg`.
      const stem = stemOf(normal).replace(/_aligned$/, '');
      for (const last of new Set([lastPart(normal), lastPart(stem)])) {
        const same = this.#files.get(last);
        if (same) same.push({ path, normal, stem });
        else this.#files.set(last, [{ path, normal, stem }]);
      }
    }
  }

  /**
   * The file of a whole path or the end of one: in other case only if none has the same, of a picture with another ending or none only if none has
   * it whole. null if there is none, or more than one.
   */
  find(name: string): string | null {
    const written = name.trim().replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC');
    const path = written.replace(/^([a-z]:)?(\.{0,2}\/)+/i, '');
    if (path === '') return null;
    // Where the table was written, the folder may have had another name.
    const isElsewhere = path !== written;
    for (const [part, wanted] of [['normal', path], ['stem', stemOf(path)]] as const) {
      const files = this.#files.get(lastPart(wanted)) ?? [];
      const small = wanted.toLowerCase();
      const fits: readonly ((file: string) => boolean)[] = [
        (file) => endsWithPath(file, wanted),
        (file) => endsWithPath(file.toLowerCase(), small),
        (file) => endsWithPath(small, file.toLowerCase()),
        (file) => isElsewhere && endsWithPath(small, file.slice(file.indexOf('/') + 1).toLowerCase()),
      ];
      for (const fit of fits) {
        const [found, another] = files.filter((file) => fit(file[part]));
        if (found) return another ? null : found.path;
      }
    }
    return null;
  }
}

function stemOf(path: string): string {
  return isPicture(path) ? path.slice(0, path.lastIndexOf('.')) : path;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

function endsWithPath(path: string, end: string): boolean {
  return path === end || path.endsWith(`/${end}`);
}
