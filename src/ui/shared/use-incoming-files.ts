import { useEffect, useRef, useState, type RefObject } from 'react';
import { filesWithin, takeDropped } from '../../app/files/dropped-files';

/** The search through all folders that were dropped. */
export interface FolderSearch {
  /** Files found so far. */
  readonly found: number;
  /** Ends it; what was found until then is taken. */
  readonly onStop: () => void;
}

interface Incoming {
  /** Files are being dragged over the page. */
  readonly dragging: boolean;
  readonly search: FolderSearch | null;
}

interface Options {
  /** Told where a link to another site was dropped, which cannot be read; the browser would leave the page for it. */
  readonly onLink?: () => void;
  /** Told names of folders whose search begins; what it returns is called once their files were given. */
  readonly onSearch?: (folders: readonly string[]) => () => void;
}

/** Between two numbers on screen, ms. */
const TELL_MS = 100;

/**
 * Files pasted or dropped anywhere on the page while the view is shown; folders are searched, and `pathOf`
 * tells where in them a file lay.
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

    // A picture that is dragged from the page is no file for it; browsers offer it as one.
    let isOwn = false;
    const dragStart = () => {
      isOwn = true;
    };
    // Also at the next movement of the pointer, of which there is none while something is dragged: the end of a drag is not told where its picture has gone.
    const dragEnd = () => {
      isOwn = false;
    };

    const over = (event: DragEvent) => {
      if (isOwn) return;
      if (isLink(event)) event.preventDefault();
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
      if (isOwn) {
        // Where text may be dropped, it goes.
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

/** A link without a file, dragged to where no text is taken. */
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
