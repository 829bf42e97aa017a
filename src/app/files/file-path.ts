/** Browsers give the path of a file in a dropped folder beside the file, not in it. */
const paths = new WeakMap<File, string>();

/** Keeps where a file lies within what was dropped. */
export function keepPath(file: File, path: string): void {
  paths.set(file, path);
}

/** A file's path, beginning with the folder that was chosen or dropped; its bare name if there was none. */
export function pathOf(file: File): string {
  return paths.get(file) ?? (file.webkitRelativePath || file.name);
}

/** A path's last part: the file's own name. */
export function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const NATURAL = new Intl.Collator('en', { numeric: true });

/** The files of a folder as people list them: P2 before P10, without the hidden files of operating systems. */
export function folderFiles(files: readonly File[]): File[] {
  const visible = files.filter(({ name }) => !name.startsWith('.') && name !== 'Thumbs.db');
  return visible.sort((a, b) => NATURAL.compare(pathOf(a), pathOf(b)));
}
