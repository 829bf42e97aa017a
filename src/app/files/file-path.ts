/** Paths of dropped files, which browsers do not store in the File. */
const paths = new WeakMap<File, string>();

/** Records a file's path within a drop. */
export function keepPath(file: File, path: string): void {
  paths.set(file, path);
}

/** A file's path, starting with the chosen or dropped folder; its bare name if there was none. */
export function pathOf(file: File): string {
  return paths.get(file) ?? (file.webkitRelativePath || file.name);
}

/** Last segment of a path. */
export function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const NATURAL = new Intl.Collator('en', { numeric: true });

/** A folder's files in natural order (P2 before P10), without hidden files of operating systems. */
export function folderFiles(files: readonly File[]): File[] {
  const visible = files.filter(({ name }) => !name.startsWith('.') && name !== 'Thumbs.db');
  return visible.sort((a, b) => NATURAL.compare(pathOf(a), pathOf(b)));
}
