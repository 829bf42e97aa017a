import { EXPRESSIONS } from '../engine/labels';
import { CONCERN_KINDS, SKIP_REASONS } from '../engine/types';

export const SCORES = EXPRESSIONS.length;
export const CONCERNS = CONCERN_KINDS.length;

/**
 * A run of frames in columns: how they are held in memory and written to disk. A frame has as many rows as
 * faces, classified or skipped, all in a run; frames are in order of time.
 */
export interface ObservationColumns {
  /** Per frame: ms on the session's clock. */
  readonly timesMs: Float64Array;
  /** Per frame: its number, as its source counts. */
  readonly numbers: Uint32Array;
  /** Per frame: the row after its last. */
  readonly rowEnds: Uint32Array;
  /** Per row: the track; 0: none. */
  readonly tracks: Uint32Array;
  /** Per row: index of the label in `EXPRESSIONS`; after these, index of the reason in `SKIP_REASONS`. */
  readonly outcomes: Uint8Array;
  /** Per row: 1 where the face is uncertain. */
  readonly uncertain: Uint8Array;
  /** Per row: x, y, width, height, frame pixels. */
  readonly boxes: Float32Array;
  /** Per row: yaw, pitch, roll, degrees. */
  readonly poses: Float32Array;
  /** Per row: the value of each of `CONCERN_KINDS`; NaN: no such concern. */
  readonly concerns: Float32Array;
  /** Per row: a probability for each of `EXPRESSIONS`; 0 in rows of skipped faces, here and in `smoothed`. */
  readonly raw: Float32Array;
  readonly smoothed: Float32Array;
}

type Column = keyof ObservationColumns;
type ColumnArray = Float64Array | Float32Array | Uint32Array | Uint8Array;

interface ColumnShape {
  readonly type: new (length: number) => ColumnArray;
  readonly per: 'frame' | 'row';
  /** Numbers per frame or row. */
  readonly width: number;
}

const SHAPES: Readonly<Record<Column, ColumnShape>> = {
  timesMs: { type: Float64Array, per: 'frame', width: 1 },
  numbers: { type: Uint32Array, per: 'frame', width: 1 },
  rowEnds: { type: Uint32Array, per: 'frame', width: 1 },
  tracks: { type: Uint32Array, per: 'row', width: 1 },
  outcomes: { type: Uint8Array, per: 'row', width: 1 },
  uncertain: { type: Uint8Array, per: 'row', width: 1 },
  boxes: { type: Float32Array, per: 'row', width: 4 },
  poses: { type: Float32Array, per: 'row', width: 3 },
  concerns: { type: Float32Array, per: 'row', width: CONCERNS },
  raw: { type: Float32Array, per: 'row', width: SCORES },
  smoothed: { type: Float32Array, per: 'row', width: SCORES },
};

const COLUMNS = Object.keys(SHAPES) as readonly Column[];

/** How many frames and rows there are, or are meant. */
export interface Extent {
  readonly frame: number;
  readonly row: number;
}

function mapColumns(make: (column: Column, shape: ColumnShape) => ColumnArray): ObservationColumns {
  return Object.fromEntries(COLUMNS.map((column) => [column, make(column, SHAPES[column])])) as unknown as ObservationColumns;
}

export function emptyColumns(capacity: Extent): ObservationColumns {
  return mapColumns((_column, { type, per, width }) => new type(capacity[per] * width));
}

/** A copy of the frames and rows from `from` to before `to`, with row ends counted from its own start. */
export function copyColumns(columns: ObservationColumns, from: Extent, to: Extent): ObservationColumns {
  const copy = mapColumns((column, { per, width }) => columns[column].slice(from[per] * width, to[per] * width));
  shiftRowEnds(copy.rowEnds, -from.row);
  return copy;
}

/** Copies the frames and rows of `source` from `from` to before `to` into `target` at `at`. */
export function pasteColumns(target: ObservationColumns, at: Extent, source: ObservationColumns, from: Extent, to: Extent): void {
  for (const column of COLUMNS) {
    const { per, width } = SHAPES[column];
    target[column].set(source[column].subarray(from[per] * width, to[per] * width), at[per] * width);
  }
  shiftRowEnds(target.rowEnds.subarray(at.frame, at.frame + to.frame - from.frame), at.row - from.row);
}

function shiftRowEnds(rowEnds: Uint32Array, by: number): void {
  rowEnds.forEach((end, i) => (rowEnds[i] = end + by));
}

/** Frames in which a face was classified. */
export function countFramesWithFaces({ rowEnds, outcomes }: ObservationColumns): number {
  let count = 0;
  rowEnds.forEach((end, frame) => {
    if (outcomes.subarray(rowEnds[frame - 1] ?? 0, end).some((outcome) => outcome < SCORES)) count++;
  });
  return count;
}

/** Everybody whose face was classified, each once. */
export function tracksRead({ tracks, outcomes }: ObservationColumns): number[] {
  return Array.from(new Set(tracks.filter((_track, row) => (outcomes[row] ?? SCORES) < SCORES)));
}

/** Bytes of the numbers themselves. */
export function bytesOf(columns: ObservationColumns): number {
  return COLUMNS.reduce((sum, column) => sum + columns[column].byteLength, 0);
}

/** Whether something read from disk is columns that fit together, so that it can be shown without fear. */
export function areColumns(value: unknown): value is ObservationColumns {
  if (typeof value !== 'object' || value === null) return false;
  const held = value as Readonly<Record<string, unknown>>;
  if (!(held['timesMs'] instanceof Float64Array) || !(held['tracks'] instanceof Uint32Array)) return false;
  const extent = { frame: held['timesMs'].length, row: held['tracks'].length };
  const shaped = COLUMNS.every((column) => {
    const { type, per, width } = SHAPES[column];
    const array = held[column];
    return array instanceof type && array.length === extent[per] * width;
  });
  return shaped && areSound(value as ObservationColumns);
}

function areSound({ timesMs, rowEnds, tracks, outcomes }: ObservationColumns): boolean {
  const times = timesMs.every((ms, i) => Number.isFinite(ms) && ms >= (timesMs[i - 1] ?? -Infinity));
  const ends = rowEnds.every((end, i) => end >= (rowEnds[i - 1] ?? 0)) && (rowEnds.at(-1) ?? 0) === tracks.length;
  return times && ends && outcomes.every((outcome) => outcome < SCORES + SKIP_REASONS.length);
}
