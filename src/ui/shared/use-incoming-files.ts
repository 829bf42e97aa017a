import { useEffect, useRef, useState, type RefObject } from 'react';
import { filesWithin, takeDropped } from '../../app/files/dropped-files';

/** Progress of the search through dropped folders. */
export interface FolderSearch {
  /** Files found so far. */
  readonly found: number;
  /** Stops the search; files found so far are used. */
  readonly onStop: () => void;
}

interface Incoming {
  /** True while files are dragged over the page. */
  readonly dragging: boolean;
  readonly search: FolderSearch | null;
}

interface Options {
  /** Called when a link is dropped; links cannot be read, and the browser would navigate away. */
  readonly onLink?: () => void;
  /** Called with the folders' names when their search begins; the returned function is called after their files were passed on. */
  readonly onSearch?: (folders: readonly string[]) => () => void;
}

/** Interval of progress updates, ms. */
const TELL_MS = 100;

/**
 * Accepts files pasted or dropped anywhere on the page while the view is shown. Folders are searched; `pathOf`
 * gives a file's path within them.
 */
export function useIncomingFiles(view: RefObject<HTMLElement | null>, onFiles: (files: readonly File[]) => void, options: Options = {}): Incoming {
  const [dragging, setDragging] = useState(false);
  const [search, setSearch] = useState<FolderSearch | null>(null);
  const latest = useRef(onFiles);
  const latestOptions = useRef(options);
  useEffect(() => {
    latest.current = onFiles;
    latestOptions.current = options;
  });

  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const shown = () => view.current !== null && !view.current.closest('[inert]');

    // Browsers offer a picture dragged from the page as a file, which must be ignored.
    let isOwn = false;
    const dragStart = () => {
      isOwn = true;
    };
    // Also called on the next pointer movement, which only happens after a drag: `dragend` is not fired if the dragged picture was removed.
    const dragEnd = () => {
      isOwn = false;
    };

    const over = (event: DragEvent) => {
      if (isOwn) return;
      if (isLink(event)) event.preventDefault();
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Always prevented: the browser would navigate to the file.
      event.preventDefault();
      event.dataTransfer.dropEffect = shown() ? 'copy' : 'none';
      setDragging(shown());
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      if (isOwn) {
        // Text fields accept it.
        if (!isInField(event)) event.preventDefault();
        isOwn = false;
        return;
      }
      if (isLink(event)) {
        event.preventDefault();
        if (shown() && isElsewhere(event.dataTransfer?.getData('text/uri-list') ?? '')) latestOptions.current.onLink?.();
      }
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDragging(false);
      if (!shown()) return;
      const { files, folders } = takeDropped(event.dataTransfer);
      if (folders.length === 0) latest.current(files);
      else void searchFolders(files, folders);
    };
    const running = new Set<{ readonly stop: AbortController; found: number }>();
    let toldMs = -Infinity;
    const tellSearch = () => {
      const found = [...running].reduce((sum, each) => sum + each.found, 0);
      setSearch(running.size === 0 ? null : { found, onStop: () => running.forEach(({ stop }) => stop.abort()) });
    };
    const searchFolders = async (files: readonly File[], folders: readonly FileSystemDirectoryEntry[]) => {
      const own = { stop: new AbortController(), found: files.length };
      const end = latestOptions.current.onSearch?.(folders.map(({ name }) => name));
      running.add(own);
      tellSearch();
      const onFound = (found: number) => {
        own.found = files.length + found;
        if (performance.now() - toldMs < TELL_MS) return;
        toldMs = performance.now();
        tellSearch();
      };
      try {
        const found = await filesWithin(folders, { signal: own.stop.signal, onFound });
        latest.current([...files, ...found]);
      } finally {
        running.delete(own);
        tellSearch();
        end?.();
      }
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 || !shown()) return;
      event.preventDefault();
      latest.current(files);
    };

    document.addEventListener('dragstart', dragStart, { signal });
    for (const type of ['dragend', 'pointerdown', 'pointermove']) document.addEventListener(type, dragEnd, { signal });
    document.addEventListener('dragover', over, { signal });
    document.addEventListener('dragleave', leave, { signal });
    document.addEventListener('drop', drop, { signal });
    document.addEventListener('paste', paste, { signal });
    return () => listening.abort();
  }, [view]);

  return { dragging, search };
}

/** True for a link without a file, dragged outside text fields. */
function isLink(event: DragEvent): boolean {
  const types = event.dataTransfer?.types ?? [];
  return types.includes('text/uri-list') && !types.includes('Files') && !isInField(event);
}

function isInField({ target }: DragEvent): boolean {
  return target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;
}

function isElsewhere(link: string): boolean {
  return URL.canParse(link) && new URL(link).origin !== location.origin;
}
