import { useLayoutEffect, useState, type RefObject } from 'react';

/** A tile to be rendered, and its cell, from 1 on; null where the browser places it. */
interface Placed {
  readonly index: number;
  readonly row: number | null;
  readonly column: number | null;
}

interface GridWindow {
  readonly shown: readonly Placed[];
  /** Rows of the whole grid; null where all tiles are rendered. */
  readonly rows: number | null;
  /** Columns as they are laid out now. */
  readonly columns: () => number;
  /** Brings a tile into view. */
  readonly scrollTo: (index: number) => void;
}

/** Up to so many tiles, all are rendered: search within the page finds them then. */
const FEW = 120;
/** Rows rendered above and below those in view. */
const MARGIN_ROWS = 2;
/** Until it is laid out. */
const FIRST_VIEW = { columns: 8, firstRow: 0, lastRow: 2 };

/** The part of a scrolling grid of equal tiles that is in view. */
export function useGridWindow(grid: RefObject<HTMLElement | null>, count: number, focused: number): GridWindow {
  const [view, setView] = useState(FIRST_VIEW);
  const many = count > FEW;

  useLayoutEffect(() => {
    const element = grid.current;
    if (!element || !many) return;
    const measure = () => {
      const tracks = tracksOf(element);
      const columns = tracks.length;
      element.style.setProperty('--column', tracks[0] ?? null);
      const height = element.scrollHeight / Math.ceil(count / columns);
      if (!(height > 0)) return;
      const firstRow = Math.max(0, Math.floor(element.scrollTop / height) - MARGIN_ROWS);
      const lastRow = Math.ceil((element.scrollTop + element.clientHeight) / height) + MARGIN_ROWS;
      setView((before) => (before.columns === columns && before.firstRow === firstRow && before.lastRow === lastRow ? before : { columns, firstRow, lastRow }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [grid, many, count]);

  const columns = () => (grid.current ? columnsOf(grid.current) : 1);
  const scrollTo = (index: number) => {
    const element = grid.current;
    if (!element) return;
    const across = columnsOf(element);
    const height = element.scrollHeight / Math.ceil(count / across);
    const top = Math.floor(index / across) * height;
    if (top < element.scrollTop) element.scrollTo({ top });
    else if (top + height > element.scrollTop + element.clientHeight) element.scrollTo({ top: top + height - element.clientHeight });
  };

  if (!many) return { shown: Array.from({ length: count }, (_, index) => ({ index, row: null, column: null })), rows: null, columns, scrollTo };
  const from = Math.min(view.firstRow * view.columns, count);
  const to = Math.min(count, (view.lastRow + 1) * view.columns);
  const indices = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  // The one that the Tab key leads to stays in the page wherever it is.
  if (focused < from) indices.unshift(focused);
  else if (focused >= to && focused < count) indices.push(focused);
  return {
    shown: indices.map((index) => ({ index, row: Math.floor(index / view.columns) + 1, column: (index % view.columns) + 1 })),
    rows: Math.ceil(count / view.columns),
    columns,
    scrollTo,
  };
}

/** Widths of the columns, such as `150px`. */
function tracksOf(grid: HTMLElement): readonly string[] {
  return getComputedStyle(grid).gridTemplateColumns.split(' ');
}

function columnsOf(grid: HTMLElement): number {
  return Math.max(1, tracksOf(grid).length);
}
