import { folderFiles, keepPath } from './file-path';

interface Options {
  /** Stops the search; the files found until then are returned. */
  readonly signal: AbortSignal;
  /** Called repeatedly with the number of files found in folders. */
  readonly onFound: (count: number) => void;
}

/** Concurrent reads of folders and files. */
const AT_ONCE = 16;

/** Dropped folders (for `filesWithin`) and files. Call before the first await: browsers empty the DataTransfer after the event. */
export function takeDropped(transfer: DataTransfer): { readonly files: readonly File[]; readonly folders: readonly FileSystemDirectoryEntry[] } {
  // Folders have no type. Querying the entries of thousands of pictures would take seconds.
  const folders = [...transfer.items]
    .filter(({ kind, type }) => kind === 'file' && type === '')
    .map((item) => item.webkitGetAsEntry())
    .filter((entry): entry is FileSystemDirectoryEntry => entry?.isDirectory === true);
  const names = new Set(folders.map(({ name }) => name));
  return { files: [...transfer.files].filter(({ name, type }) => type !== '' || !names.has(name)), folders };
}

/** Files of folders and their subfolders, in natural order; `pathOf` gives their paths. Unreadable entries are skipped. */
export async function filesWithin(folders: readonly FileSystemDirectoryEntry[], { signal, onFound }: Options): Promise<readonly File[]> {
  const waiting: FileSystemEntry[] = [...folders];
  const files: File[] = [];
  let running = 0;
  await new Promise<void>((resolve) => {
    const advance = () => {
      if (signal.aborted) waiting.length = 0;
      if (running === 0 && waiting.length === 0) resolve();
      for (; running < AT_ONCE; running++) {
        const entry = waiting.pop();
        if (!entry) return;
        void open(entry).then(() => {
          running--;
          advance();
        });
      }
    };
    const open = async (entry: FileSystemEntry) => {
      try {
        if (entry.isFile) {
          files.push(await fileOf(entry as FileSystemFileEntry));
          onFound(files.length);
        } else await entriesOf(entry as FileSystemDirectoryEntry, (found) => waiting.push(...found));
      } catch {
        // Unreadable.
      }
    };
    signal.addEventListener('abort', advance, { once: true });
    advance();
  });
  return folderFiles(files);
}

/** `readEntries` returns at most 100 entries at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry, onEntries: (entries: readonly FileSystemEntry[]) => void): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return;
    onEntries(entries);
  }
}

async function fileOf(entry: FileSystemFileEntry): Promise<File> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
  keepPath(file, entry.fullPath.replace(/^\//, ''));
  return file;
}
