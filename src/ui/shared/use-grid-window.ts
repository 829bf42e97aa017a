import { useLayoutEffect, useState, type CSSProperties, type RefObject } from 'react';

/** A tile to render. */
interface Placed {
  readonly index: number;
  /** Position relative to the first rendered row if the tile is outside the window; null: follows the previous tile. */
  readonly away: CSSProperties | null;
}

interface GridWindow {
  readonly shown: readonly Placed[];
  /** Styles of the whole grid and of the rendered part; null if all tiles are rendered. */
  readonly styles: { readonly whole: CSSProperties; readonly part: CSSProperties } | null;
  /** Current columns and visible rows. */
  readonly shape: () => { readonly columns: number; readonly pageRows: number };
  /** Scrolls a tile into view. */
  readonly scrollTo: (index: number) => void;
}

/** Layout as computed from CSS, pixels. */
interface Geometry {
  readonly columns: number;
  readonly columnWidth: number;
  readonly columnGap: number;
  readonly rowHeight: number;
  readonly rowGap: number;
}

/** Up to this many tiles, all are rendered, so that in-page search finds them. */
const FEW = 120;
/** Rows rendered above and below the visible ones. */
const MARGIN_ROWS = 2;
/** Used before the first layout. */
const FIRST_VIEW = { geometry: { columns: 8, columnWidth: 80, columnGap: 0, rowHeight: 100, rowGap: 0 }, firstRow: 0, lastRow: 2 };

/**
 * Computes the visible part of a scrolling grid of equal tiles.
 *
 * @param scroller the scroll container. Its only child is the full-height element, whose only child is the CSS grid of tiles. `grid-auto-rows` sets the
 * row height, optionally from the width `--column`.
 * @param focused index of the tile in the tab order. It is always rendered, so that scrolling never loses the focus.
 */
export function useGridWindow(scroller: RefObject<HTMLElement | null>, count: number, focused: number): GridWindow {
  const [view, setView] = useState(FIRST_VIEW);
  const many = count > FEW;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !many) return;
    let geometry = FIRST_VIEW.geometry;
    const look = () => {
      // Hidden together with its place, it has neither size nor scroll position; the window stays as it was.
      if (element.clientWidth === 0) return;
      const pitch = geometry.rowHeight + geometry.rowGap;
      const firstRow = Math.max(0, Math.floor(element.scrollTop / pitch) - MARGIN_ROWS);
      const lastRow = Math.ceil((element.scrollTop + element.clientHeight) / pitch) + MARGIN_ROWS;
      setView((before) => (before.geometry === geometry && before.firstRow === firstRow && before.lastRow === lastRow ? before : { geometry, firstRow, lastRow }));
    };
    const measure = () => {
      const measured = geometryOf(element);
      if (measured && !isSame(measured, geometry)) geometry = measured;
      look();
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, many, count]);

  const shape = () => {
    const geometry = scroller.current && geometryOf(scroller.current);
    if (!scroller.current || !geometry) return { columns: 1, pageRows: 1 };
    return { columns: geometry.columns, pageRows: Math.max(1, Math.floor(scroller.current.clientHeight / (geometry.rowHeight + geometry.rowGap))) };
  };
  const scrollTo = (index: number) => {
    const element = scroller.current;
    const geometry = element && geometryOf(element);
    if (!geometry) return;
    const pitch = geometry.rowHeight + geometry.rowGap;
    const top = Math.floor(index / geometry.columns) * pitch;
    if (top < element.scrollTop) element.scrollTo({ top });
    else if (top + pitch > element.scrollTop + element.clientHeight) element.scrollTo({ top: top + pitch - element.clientHeight });
  };

  if (!many) return { shown: Array.from({ length: count }, (_, index) => ({ index, away: null })), styles: null, shape, scrollTo };
  const { columns, rowHeight, rowGap, columnWidth, columnGap } = view.geometry;
  const pitch = rowHeight + rowGap;
  // After a removal the window may lie past the end until the browser has scrolled back.
  const firstRow = Math.min(view.firstRow, Math.max(0, Math.ceil(count / columns) - 1));
  const from = firstRow * columns;
  const to = Math.min(count, (view.lastRow + 1) * columns);
  const shown: Placed[] = Array.from({ length: Math.max(0, to - from) }, (_, i) => ({ index: from + i, away: null }));
  const away = (): Placed => ({
    index: focused,
    away: { position: 'absolute', top: (Math.floor(focused / columns) - firstRow) * pitch, insetInlineStart: (focused % columns) * (columnWidth + columnGap), width: columnWidth, height: rowHeight },
  });
  if (focused < from) shown.unshift(away());
  else if (focused >= to && focused < count) shown.push(away());
  return {
    shown,
    styles: { whole: { position: 'relative', height: Math.ceil(count / columns) * pitch - rowGap }, part: { position: 'absolute', insetInline: 0, top: firstRow * pitch } },
    shape,
    scrollTo,
  };
}

/** Null before layout. */
function geometryOf(scroller: HTMLElement): Geometry | null {
  const grid = scroller.firstElementChild?.firstElementChild;
  if (!(grid instanceof HTMLElement) || scroller.clientWidth === 0) return null;
  const style = getComputedStyle(grid);
  const tracks = style.gridTemplateColumns.split(' ');
  grid.style.setProperty('--column', tracks[0] ?? null);
  const tile = Number.parseFloat(style.gridAutoRows) || (grid.firstElementChild?.getBoundingClientRect().height ?? 0);
  if (!(tile > 0)) return null;
  return { columns: tracks.length, columnWidth: Number.parseFloat(tracks[0] ?? ''), columnGap: Number.parseFloat(style.columnGap) || 0, rowHeight: tile, rowGap: Number.parseFloat(style.rowGap) || 0 };
}

function isSame(a: Geometry, b: Geometry): boolean {
  return a.columns === b.columns && a.columnWidth === b.columnWidth && a.columnGap === b.columnGap && a.rowHeight === b.rowHeight && a.rowGap === b.rowGap;
}
