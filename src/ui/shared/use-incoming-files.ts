import { useEffect, useRef, useState, type RefObject } from 'react';
import { filesWithin, takeDropped } from '../../app/files/dropped-files';

/** A search through folders that were dropped. */
export interface FolderSearch {
  readonly folders: readonly string[];
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

/** Between two numbers on screen, ms. */
const TELL_MS = 100;

/**
 * Files pasted or dropped anywhere on the page while the view is shown; folders are searched, and `pathOf`
 * tells where in them a file lay.
 *
 * @param onLink told where a link to another site was dropped, which cannot be read; the browser would leave the page for it.
 */
export function useIncomingFiles(view: RefObject<HTMLElement | null>, onFiles: (files: readonly File[]) => void, onLink?: () => void): Incoming {
  const [dragging, setDragging] = useState(false);
  const [search, setSearch] = useState<FolderSearch | null>(null);
  const latest = useRef(onFiles);
  const latestLink = useRef(onLink);
  useEffect(() => {
    latest.current = onFiles;
    latestLink.current = onLink;
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
        return;
      }
      if (isLink(event)) {
        event.preventDefault();
        if (shown() && isElsewhere(event.dataTransfer?.getData('text/uri-list') ?? '')) latestLink.current?.();
      }
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDragging(false);
      if (!shown()) return;
      const { files, folders } = takeDropped(event.dataTransfer);
      if (folders.length === 0) latest.current(files);
      else void searchFolders(files, folders);
    };
    const searchFolders = async (files: readonly File[], folders: readonly FileSystemDirectoryEntry[]) => {
      const stop = new AbortController();
      const names = folders.map(({ name }) => name);
      let toldMs = -Infinity;
      const onFound = (found: number) => {
        if (performance.now() - toldMs < TELL_MS) return;
        toldMs = performance.now();
        setSearch({ folders: names, found: files.length + found, onStop: () => stop.abort() });
      };
      onFound(0);
      const found = await filesWithin(folders, { signal: stop.signal, onFound });
      setSearch(null);
      latest.current([...files, ...found]);
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 || !shown()) return;
      event.preventDefault();
      latest.current(files);
    };

    document.addEventListener('dragstart', dragStart, { signal });
    document.addEventListener('dragend', dragEnd, { signal });
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
