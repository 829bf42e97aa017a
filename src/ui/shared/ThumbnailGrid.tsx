import { memo, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { clickedIds, keyTarget, rangeOf, type Marked } from '../../app/files/grid-selection';
import { useLanguage } from '../use-language';
import { AlertIcon } from './icons';
import { useGridWindow } from './use-grid-window';
import styles from './ThumbnailGrid.module.css';

/** One file's tile in the grid. */
interface Thumbnail {
  /** May begin with the folders that it lies in. */
  readonly name: string;
  /** Address of its small picture; null while there is none. */
  readonly picture: string | null;
  /** How it is, in a few words. */
  readonly summary: string;
  readonly failed: boolean;
}

interface Props<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly describe: (item: T) => Thumbnail;
  readonly selectedId: number | null;
  readonly onSelect: (id: number) => void;
  /** Some names begin with folders. */
  readonly inFolders?: boolean;
  /** Several at once: with Shift, Ctrl, Ctrl+A, or a long press. Default: one at a time. */
  readonly marking?: Marking;
}

export interface Marking {
  readonly marked: ReadonlySet<number>;
  readonly onMark: (ids: ReadonlySet<number>) => void;
  /** Of the keys Delete and Backspace. */
  readonly onDelete: () => void;
}

/** A finger that stays on a tile for this long marks it, ms. */
const LONG_PRESS_MS = 500;

/** All files, small; choosing one shows it whole. Of many, only the tiles in view are in the page: thousands would stop it for seconds. */
export function ThumbnailGrid<T extends { readonly id: number }>({ label, items, describe, selectedId, onSelect, inFolders = false, marking }: Props<T>) {
  const grid = useRef<HTMLDivElement>(null);
  const [focusedId, setFocusedId] = useState<number | null>(null);
  const focused = Math.max(0, items.findIndex(({ id }) => id === (focusedId ?? selectedId)));
  const { shown, rows, columns, scrollTo } = useGridWindow(grid, items.length, focused);
  const anchor = useRef<number | null>(null);
  const press = useRef<{ readonly timer: number; long: boolean; readonly touch: boolean } | null>(null);
  const marked = marking?.marked ?? new Set(selectedId === null ? [] : [selectedId]);

  const choose = ({ ids, shows }: Marked) => {
    marking?.onMark(new Set(ids));
    if (shows !== null && shows !== selectedId) onSelect(shows);
  };
  const focusOn = (index: number) => {
    const item = items[index];
    if (!item) return;
    setFocusedId(item.id);
    scrollTo(index);
    // A tile that was out of view is there after the next rendering.
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true }));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey } = event;
    const wide = event.ctrlKey || event.metaKey;
    if (marking && (key === 'Delete' || key === 'Backspace')) return marking.onDelete();
    if (marking && wide && key.toLowerCase() === 'a') {
      event.preventDefault();
      return choose({ ids: items.map(({ id }) => id), shows: selectedId === null ? (items[0]?.id ?? null) : null });
    }
    const item = items[focused];
    if (key === ' ' || key === 'Enter') {
      event.preventDefault();
      if (item) choose(clickedIds(items, item.id, { anchor: anchor.current, marked, selectedId, toggles: wide && marking !== undefined, extends: shiftKey && marking !== undefined }));
      return;
    }
    const rtl = grid.current !== null && getComputedStyle(grid.current).direction === 'rtl';
    const target = keyTarget(key, focused, items.length, { columns: columns(), rtl });
    const next = target === null ? undefined : items[target];
    if (target === null || !next) return;
    event.preventDefault();
    focusOn(target);
    if (wide) return;
    if (shiftKey && marking) return choose({ ids: rangeOf(items, anchor.current ?? item?.id ?? next.id, next.id), shows: null });
    anchor.current = next.id;
    choose({ ids: [next.id], shows: next.id });
  };

  const onClick = (event: MouseEvent) => {
    const wasLong = press.current?.long === true;
    const touch = press.current?.touch === true;
    press.current = null;
    const item = itemAt(event);
    if (!item || wasLong) return;
    setFocusedId(item.id);
    const toggles = marking !== undefined && (event.ctrlKey || event.metaKey || (touch && marked.size > 1));
    choose(clickedIds(items, item.id, { anchor: anchor.current, marked, selectedId, toggles, extends: event.shiftKey && marking !== undefined }));
    if (!event.shiftKey) anchor.current = item.id;
  };
  const itemAt = ({ target }: { readonly target: EventTarget }) => {
    const index = target instanceof Element ? target.closest<HTMLElement>('[data-index]')?.dataset['index'] : undefined;
    return index === undefined ? undefined : items[Number(index)];
  };
  const onPointerDown = (event: PointerEvent) => {
    const item = itemAt(event);
    const touch = event.pointerType === 'touch';
    endPress();
    if (!item) return;
    const timer = window.setTimeout(() => {
      if (!press.current || !marking) return;
      press.current.long = true;
      choose(clickedIds(items, item.id, { anchor: null, marked, selectedId, toggles: true, extends: false }));
    }, LONG_PRESS_MS);
    press.current = { timer, long: false, touch };
    if (!touch) clearTimeout(timer);
  };
  const endPress = () => {
    if (press.current) clearTimeout(press.current.timer);
  };

  return (
    <div
      ref={grid}
      role="listbox"
      className={styles['grid'] ?? ''}
      data-unprinted
      aria-label={label}
      aria-multiselectable={marking !== undefined || undefined}
      {...(rows !== null && { 'data-windowed': inFolders ? 'folders' : 'files', style: { gridTemplateRows: `repeat(${rows}, var(--cell-height))` } })}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocusedId(itemAt(event)?.id ?? null)}
      onClick={onClick}
      onPointerDown={onPointerDown}
      onPointerUp={endPress}
      onPointerCancel={endPress}
      onContextMenu={(event) => press.current?.long && event.preventDefault()}
    >
      {shown.map(({ index, row, column }) => {
        const item = items[index];
        return (
          item && (
            <Cell
              key={item.id}
              item={item}
              describe={describe as (item: { readonly id: number }) => Thumbnail}
              index={index}
              count={items.length}
              row={row}
              column={column}
              selected={marked.has(item.id)}
              focusable={index === focused}
            />
          )
        );
      })}
    </div>
  );
}

interface CellProps {
  readonly item: { readonly id: number };
  readonly describe: (item: { readonly id: number }) => Thumbnail;
  readonly index: number;
  readonly count: number;
  /** Where it stands in the grid, from 1 on; null: after the one before. */
  readonly row: number | null;
  readonly column: number | null;
  readonly selected: boolean;
  readonly focusable: boolean;
}

/** One that is the same as before is not rendered again. */
const Cell = memo(function Cell({ item, describe, index, count, row, column, selected, focusable }: CellProps) {
  // Another language words it anew.
  useLanguage();
  const { name, picture, summary, failed } = describe(item);
  const fileAt = name.lastIndexOf('/') + 1;
  return (
    <div
      role="option"
      className={styles['cell'] ?? ''}
      data-index={index}
      aria-label={`${name}: ${summary}`}
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={count}
      tabIndex={focusable ? 0 : -1}
      style={row === null || column === null ? undefined : { gridRow: row, gridColumn: column }}
      {...(failed && { 'data-status': 'failed' })}
    >
      {picture ? <img src={picture} alt="" draggable={false} /> : <span className={styles['blank']}>{failed && <AlertIcon />}</span>}
      <span className={styles['name']} title={name}>
        {fileAt > 0 && (
          <span className={styles['folder']}>
            <bdi>{name.slice(0, fileAt)}</bdi>
          </span>
        )}
        <bdi className={styles['file']}>{name.slice(fileAt)}</bdi>
      </span>
      <span className={styles['summary']}>{summary}</span>
    </div>
  );
});
