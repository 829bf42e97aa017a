import { memo, useLayoutEffect, useRef, useState, type ComponentType, type CSSProperties, type HTMLAttributes, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { clickedIds, keyTarget, rangeOf, typedOn, typedTarget, type Marked } from '../../app/files/grid-selection';
import { useGridWindow } from './use-grid-window';
import styles from './WindowedGrid.module.css';

/** Props that a tile's element must spread, in this order: `<div {...option}>`. */
export type OptionProps = HTMLAttributes<HTMLDivElement> & { readonly 'data-index': number };

export interface TileProps<D> {
  readonly id: number;
  readonly detail: D;
  readonly option: OptionProps;
}

interface Props<T extends { readonly id: number }, D> {
  readonly label: string;
  readonly items: readonly T[];
  /** Renders a tile. It renders again only when `detailOf` changes. */
  readonly Tile: ComponentType<TileProps<D>>;
  readonly detailOf: (item: T) => D;
  /** Text that typing matches against. */
  readonly nameOf: (item: T) => string;
  readonly marked: ReadonlySet<number>;
  /** The item shown in full elsewhere; null if none. */
  readonly selectedId: number | null;
  /** Limit of marked tiles: `one`; `several`, with Shift, Ctrl, Ctrl+A or a long press; `any`, including none, where a touch, Space and Ctrl toggle a tile. */
  readonly marks: 'one' | 'several' | 'any';
  /** `press`: a press on a single tile; `marking`: adds to the marked tiles, or removes from them. */
  readonly onMark: (marked: Marked, by: 'key' | 'press' | 'marking') => void;
  readonly onDelete?: () => void;
  /** Runs first; keys whose default it prevents are not handled further. */
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  /** Class of the CSS grid: columns, gaps and row height. */
  readonly className: string;
  /** Class of the surrounding scroll container. */
  readonly frame: string;
}

/** Touching a tile for this long marks it, ms. */
const LONG_PRESS_MS = 500;

/** A grid of equal tiles that renders only the visible ones: rendering thousands would block the page for seconds. */
export function WindowedGrid<T extends { readonly id: number }, D>(props: Props<T, D>) {
  const { label, items, Tile, detailOf, nameOf, marked, selectedId, marks, onMark, onDelete, onKeyDown: onOwnKey, className, frame } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [focusedId, setFocusedId] = useState<number | null>(null);
  const focused = Math.max(0, items.findIndex(({ id }) => id === (focusedId ?? selectedId)));
  const { shown, styles: placed, shape, scrollTo } = useGridWindow(scroller, items.length, focused);
  const anchor = useRef<number | null>(null);
  const typed = useRef({ letters: '', atMs: -Infinity });
  const press = useRef<{ readonly timer: number; long: boolean; readonly touch: boolean } | null>(null);
  /** Index of the tile to focus once it is rendered. */
  const awaited = useRef<number | null>(null);
  const mayBeNone = marks === 'any';

  const giveFocus = () => {
    if (awaited.current === null) return;
    const tile = scroller.current?.querySelector<HTMLElement>(`[data-index="${awaited.current}"]`);
    if (!tile) return;
    awaited.current = null;
    tile.focus({ preventScroll: true });
    // Also scrolls the page if the grid is partly outside the viewport.
    tile.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  useLayoutEffect(giveFocus);
  const focusOn = (index: number) => {
    const item = items[index];
    if (!item) return;
    setFocusedId(item.id);
    scrollTo(index);
    awaited.current = index;
    giveFocus();
  };
  const pressed = (id: number, toggles: boolean, extending: boolean) =>
    clickedIds(items, id, { anchor: anchor.current, marked, selectedId, toggles: toggles && marks !== 'one', extends: extending && marks !== 'one', mayBeNone });

  const onKeyDown = (event: KeyboardEvent) => {
    onOwnKey?.(event);
    if (event.defaultPrevented) return;
    const { key, shiftKey } = event;
    const wide = event.ctrlKey || event.metaKey;
    if (onDelete && (key === 'Delete' || key === 'Backspace')) return onDelete();
    if (marks !== 'one' && wide && key.toLowerCase() === 'a') {
      event.preventDefault();
      return onMark({ ids: items.map(({ id }) => id), shows: selectedId === null ? (items[0]?.id ?? null) : null }, 'key');
    }
    const item = items[focused];
    if (key === ' ' || key === 'Enter') {
      event.preventDefault();
      if (item) onMark(pressed(item.id, wide || (mayBeNone && key === ' '), shiftKey), 'key');
      return;
    }
    const target = targetOf(event);
    const next = target === null ? undefined : items[target];
    if (target === null || !next) return;
    event.preventDefault();
    focusOn(target);
    if (wide) return;
    if (shiftKey && marks !== 'one' && key.length > 1) return onMark({ ids: rangeOf(items, anchor.current ?? item?.id ?? next.id, next.id), shows: null }, 'key');
    anchor.current = next.id;
    onMark({ ids: [next.id], shows: next.id }, 'key');
  };
  const targetOf = ({ key, ctrlKey, metaKey, altKey, timeStamp }: KeyboardEvent): number | null => {
    if (key.length === 1) {
      if (ctrlKey || metaKey || altKey) return null;
      typed.current = typedOn(typed.current, key, timeStamp);
      return typedTarget(items, nameOf, focused, typed.current.letters);
    }
    const rtl = scroller.current !== null && getComputedStyle(scroller.current).direction === 'rtl';
    return keyTarget(key, focused, items.length, { ...shape(), rtl });
  };

  const onClick = (event: MouseEvent) => {
    const wasLong = press.current?.long === true;
    const touch = press.current?.touch === true;
    press.current = null;
    const item = itemAt(event);
    if (!item || wasLong) return;
    setFocusedId(item.id);
    const toggles = event.ctrlKey || event.metaKey || (touch && (mayBeNone || marked.size > 1));
    onMark(pressed(item.id, toggles, event.shiftKey), toggles || event.shiftKey ? 'marking' : 'press');
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
      if (!press.current || marks !== 'several') return;
      press.current.long = true;
      onMark(clickedIds(items, item.id, { anchor: null, marked, selectedId, toggles: true, extends: false }), 'marking');
    }, LONG_PRESS_MS);
    press.current = { timer, long: false, touch };
    if (!touch) clearTimeout(timer);
  };
  const endPress = () => {
    if (press.current) clearTimeout(press.current.timer);
  };

  return (
    <div
      ref={scroller}
      role="listbox"
      className={`${styles['frame'] ?? ''} ${frame}`}
      data-unprinted
      data-windowed={placed !== null || undefined}
      aria-label={label}
      aria-multiselectable={marks !== 'one' || undefined}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocusedId(itemAt(event)?.id ?? null)}
      onClick={onClick}
      onPointerDown={onPointerDown}
      onPointerUp={endPress}
      onPointerCancel={endPress}
      onContextMenu={(event) => press.current?.long && event.preventDefault()}
    >
      <div role="presentation" style={placed?.whole}>
        <div role="presentation" className={`${styles['grid'] ?? ''} ${className}`} style={placed?.part}>
          {shown.map(({ index, away }) => {
            const item = items[index];
            return (
              item && (
                <Cell
                  key={item.id}
                  Tile={Tile as ComponentType<TileProps<unknown>>}
                  id={item.id}
                  detail={detailOf(item)}
                  index={index}
                  count={items.length}
                  away={away}
                  selected={marked.has(item.id)}
                  focusable={index === focused}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface CellProps {
  readonly Tile: ComponentType<TileProps<unknown>>;
  readonly id: number;
  readonly detail: unknown;
  readonly index: number;
  readonly count: number;
  readonly away: CSSProperties | null;
  readonly selected: boolean;
  readonly focusable: boolean;
}

/** Skips rendering while its props are unchanged. */
const Cell = memo(function Cell({ Tile, id, detail, index, count, away, selected, focusable }: CellProps) {
  const option: OptionProps = {
    role: 'option',
    'aria-selected': selected,
    'aria-posinset': index + 1,
    'aria-setsize': count,
    'data-index': index,
    tabIndex: focusable ? 0 : -1,
    ...(away && { style: away }),
  };
  return <Tile id={id} detail={detail} option={option} />;
});
