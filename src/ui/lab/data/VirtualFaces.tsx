import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { DataSet } from '../../../app/lab/data-set';
import { t } from '../../../words/i18n';
import own from './editor.module.css';
import { FaceCell, placeOf } from './FaceCell';

interface Props {
  readonly data: DataSet;
  /** Numbers of the faces, in the order in which they are shown. */
  readonly faces: readonly number[];
  /** Chosen ones. */
  readonly picked: ReadonlySet<number>;
  readonly onPick: (faces: ReadonlySet<number>) => void;
  /** For keys that do not move. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Size of a cell with its gap, pixels; the width at least. */
const CELL = { width: 84, height: 108 };
/** Between two cells, pixels. */
const GAP = 4;
/** Rows beyond the edges, so that scrolling shows no gap. */
const SPARE = 2;

/** A grid of any number of faces, of which only the rows in view are drawn. */
export function VirtualFaces({ data, faces, picked, onPick, onKeyDown }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [size, setSize] = useState({ width: 0, height: 0 });
  /** The first row in view: scrolling within it draws nothing anew. */
  const [topRow, setTopRow] = useState(0);
  const [cursor, setCursor] = useState(0);
  const [anchor, setAnchor] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const resizing = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    resizing.observe(element);
    return () => resizing.disconnect();
  }, []);
  const columns = Math.max(1, Math.floor(size.width / CELL.width));
  const width = size.width / columns;
  const rows = Math.ceil(faces.length / columns);
  const firstRow = Math.max(0, topRow - SPARE);
  const lastRow = Math.min(rows, topRow + 1 + Math.ceil(size.height / CELL.height) + SPARE);
  const at = Math.min(cursor, Math.max(0, faces.length - 1));

  const choose = (to: number, extend: boolean, toggle: boolean) => {
    setCursor(to);
    const face = faces[to];
    if (face === undefined) return;
    if (extend) {
      const [from, until] = [Math.min(anchor, to), Math.max(anchor, to)];
      onPick(new Set(faces.slice(from, until + 1)));
      return;
    }
    setAnchor(to);
    if (!toggle) return onPick(new Set([face]));
    const next = new Set(picked);
    if (!next.delete(face)) next.add(face);
    onPick(next);
  };
  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(size.height / CELL.height)) * columns;
    const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, PageDown: page, PageUp: -page, Home: -at, End: faces.length };
    const { key, shiftKey, ctrlKey, metaKey } = event;
    if ((ctrlKey || metaKey) && key.toLowerCase() === 'a') {
      event.preventDefault();
      return onPick(new Set(faces));
    }
    const step = steps[key];
    if (step === undefined) return key === ' ' ? (event.preventDefault(), choose(at, false, true)) : onKeyDown(event);
    event.preventDefault();
    const to = Math.min(faces.length - 1, Math.max(0, at + step));
    choose(to, shiftKey, false);
    const y = Math.floor(to / columns) * CELL.height;
    const element = box.current;
    if (element && (y < element.scrollTop || y + CELL.height > element.scrollTop + element.clientHeight)) element.scrollTop = y < element.scrollTop ? y : y + CELL.height - element.clientHeight;
  };
  const press = (event: PointerEvent) => {
    const place = placeOf(event.target);
    if (place !== null) choose(place, event.shiftKey, event.ctrlKey || event.metaKey || event.pointerType === 'touch');
  };
  const drawn = Array.from({ length: Math.max(0, Math.min(faces.length, lastRow * columns) - firstRow * columns) }, (_, i) => firstRow * columns + i);
  return (
    <div
      ref={box}
      className={own['box']}
      role="listbox"
      aria-multiselectable="true"
      aria-label={t('Faces')}
      aria-activedescendant={faces.length > 0 ? `${id}-${at}` : undefined}
      tabIndex={0}
      onScroll={({ currentTarget }) => setTopRow(Math.floor(currentTarget.scrollTop / CELL.height))}
      onKeyDown={move}
      onPointerUp={press}
    >
      <div role="presentation" style={{ height: rows * CELL.height, position: 'relative' }}>
        {drawn.map((i) => {
          const number = faces[i] ?? 0;
          return (
            <FaceCell
              key={number}
              id={`${id}-${i}`}
              luminance={data.pixels.luminance}
              number={number}
              face={data.faces[number]}
              place={i}
              count={faces.length}
              isPicked={picked.has(number)}
              isCursor={i === at}
              start={(i % columns) * width}
              top={Math.floor(i / columns) * CELL.height}
              width={width - GAP}
            />
          );
        })}
      </div>
    </div>
  );
}
