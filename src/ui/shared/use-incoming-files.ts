import { useEffect, useState, type RefObject } from 'react';
import { folderFiles, keepPath } from '../../app/files/file-path';

/**
 * Files pasted or dropped anywhere on the page while the view is shown; folders are searched, and `pathOf`
 * tells where in them a file lay.
 * @returns whether files are being dragged over the page.
 */
export function useIncomingFiles(view: RefObject<HTMLElement | null>, onFiles: (files: readonly File[]) => void): boolean {
  const [dragging, setDragging] = useState(false);

  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const shown = () => view.current !== null && !view.current.closest('[inert]');

    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Even where it is not wanted: the browser would leave the page for the file.
      event.preventDefault();
      event.dataTransfer.dropEffect = shown() ? 'copy' : 'none';
      setDragging(shown());
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDragging(false);
      if (shown()) void filesOf(event.dataTransfer).then(onFiles);
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 || !shown()) return;
      event.preventDefault();
      onFiles(files);
    };

    document.addEventListener('dragover', over, { signal });
    document.addEventListener('dragleave', leave, { signal });
    document.addEventListener('drop', drop, { signal });
    document.addEventListener('paste', paste, { signal });
    return () => listening.abort();
  }, [view, onFiles]);

  return dragging;
}

/** Entries must be taken before the first await: the transfer is emptied after its event. */
async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  if (entries.every((entry) => !entry?.isDirectory)) return [...transfer.files];
  const found = await Promise.all(entries.filter((entry) => entry !== null).map(filesWithin));
  return folderFiles(found.flat());
}

async function filesWithin(entry: FileSystemEntry): Promise<File[]> {
  try {
    if (entry.isFile) return [await fileOf(entry as FileSystemFileEntry)];
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    const files: File[] = [];
    // Browsers hand out at most 100 entries at a time; an empty answer is the end.
    for (;;) {
      const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (batch.length === 0) return files;
      files.push(...(await Promise.all(batch.map(filesWithin))).flat());
    }
  } catch {
    // An entry that may not be read never stops the others.
    return [];
  }
}

async function fileOf(entry: FileSystemFileEntry): Promise<File> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
  keepPath(file, entry.fullPath.replace(/^\//, ''));
  return file;
}
