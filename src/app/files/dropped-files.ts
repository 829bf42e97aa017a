import { folderFiles, keepPath } from './file-path';

interface Options {
  /** Ends the search; what was found until then is given. */
  readonly signal: AbortSignal;
  /** Told now and then how many files were found in folders. */
  readonly onFound: (count: number) => void;
}

/** Folders and files that are asked for at once. */
const AT_ONCE = 16;

/** What was dropped: its folders, for `filesWithin`, and its files. To be called before the first await: the transfer is emptied after its event. */
export function takeDropped(transfer: DataTransfer): { readonly files: readonly File[]; readonly folders: readonly FileSystemDirectoryEntry[] } {
  // A folder has no type. To ask thousands of pictures whether they are folders would take seconds.
  const folders = [...transfer.items]
    .filter(({ kind, type }) => kind === 'file' && type === '')
    .map((item) => item.webkitGetAsEntry())
    .filter((entry): entry is FileSystemDirectoryEntry => entry?.isDirectory === true);
  const names = new Set(folders.map(({ name }) => name));
  return { files: [...transfer.files].filter(({ name, type }) => type !== '' || !names.has(name)), folders };
}

/** The files of folders and of all folders in them, as people list them; `pathOf` tells where each lay. An entry that may not be read never stops the others. */
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
        // It may not be read.
      }
    };
    signal.addEventListener('abort', advance, { once: true });
    advance();
  });
  return folderFiles(files);
}

/** Browsers hand out at most 100 entries at a time; an empty answer is the end. */
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
