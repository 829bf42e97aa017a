import { EXPRESSIONS } from '../engine/labels';
import { CONCERN_KINDS, HIDDEN_PARTS, LEFT_OUT_REASONS, SKIP_REASONS } from '../engine/types';
import { isArrayOf, isText } from './stored-values';

export const SCORES = EXPRESSIONS.length;
/** Kinds and reasons are stored by index, so these lists are append-only. */
export const CONCERNS = CONCERN_KINDS.length;

/** In `numbers`: the sample has no frame in the source. */
export const NO_NUMBER = 0xffff_ffff;

/**
 * A run of frames in columns, in the layout used in memory and on disk. A frame's rows, one per classified or skipped face, are contiguous; frames
 * are in order of time. A left-out sample is a frame without rows.
 */
export interface ObservationColumns {
  /** Per frame: ms on the session's clock. */
  readonly timesMs: Float64Array;
  /** Per frame: zero-based index in the series of samples. */
  readonly samples: Uint32Array;
  /** Per frame: zero-based number in the source; `NO_NUMBER`: none. */
  readonly numbers: Uint32Array;
  /** Per frame: 0 if analysed; otherwise 1 + index of the reason in `LEFT_OUT_REASONS`. */
  readonly leftOut: Uint8Array;
  /** Per frame: index after its last row. */
  readonly rowEnds: Uint32Array;
  /** Per row: the track; 0: none. */
  readonly tracks: Uint32Array;
  /** Per row: index of the label in `EXPRESSIONS`; beyond these, index of the reason in `SKIP_REASONS`. */
  readonly outcomes: Uint8Array;
  /** Per row: 1 if the face is uncertain. */
  readonly uncertain: Uint8Array;
  /** Per row: x, y, width, height, frame pixels. */
  readonly boxes: Float32Array;
  /** Per row: the detector's score of the face, 0–1; NaN in archives that did not store it. */
  readonly scores: Float32Array;
  /** Per row: yaw, pitch, roll, degrees. */
  readonly poses: Float32Array;
  /** Per row: the value of each of `CONCERN_KINDS`; NaN: no such concern. */
  readonly concerns: Float32Array;
  /** Per row: for a covered face, 1 + index of the part in `HIDDEN_PARTS`; 0: unknown. */
  readonly hiddenParts: Uint8Array;
  /** Per row: for an `other-class`, 1 + index of its name in `otherNames`; 0: none. */
  readonly others: Uint8Array;
  /** Distinct names of custom model classes in these rows, at most 255. */
  readonly otherNames: readonly string[];
  /** Per row: a probability for each of `EXPRESSIONS`; 0 in rows of skipped faces, here and in `smoothed`. */
  readonly raw: Float32Array;
  readonly smoothed: Float32Array;
}

type Column = Exclude<keyof ObservationColumns, 'otherNames'>;
type ColumnArray = Float64Array | Float32Array | Uint32Array | Uint8Array;

interface ColumnShape {
  readonly type: new (length: number) => ColumnArray;
  readonly per: 'frame' | 'row';
  /** Numbers per frame or row. */
  readonly width: number;
}

const SHAPES: Readonly<Record<Column, ColumnShape>> = {
  timesMs: { type: Float64Array, per: 'frame', width: 1 },
  samples: { type: Uint32Array, per: 'frame', width: 1 },
  numbers: { type: Uint32Array, per: 'frame', width: 1 },
  leftOut: { type: Uint8Array, per: 'frame', width: 1 },
  rowEnds: { type: Uint32Array, per: 'frame', width: 1 },
  tracks: { type: Uint32Array, per: 'row', width: 1 },
  outcomes: { type: Uint8Array, per: 'row', width: 1 },
  uncertain: { type: Uint8Array, per: 'row', width: 1 },
  boxes: { type: Float32Array, per: 'row', width: 4 },
  scores: { type: Float32Array, per: 'row', width: 1 },
  poses: { type: Float32Array, per: 'row', width: 3 },
  concerns: { type: Float32Array, per: 'row', width: CONCERNS },
  hiddenParts: { type: Uint8Array, per: 'row', width: 1 },
  others: { type: Uint8Array, per: 'row', width: 1 },
  raw: { type: Float32Array, per: 'row', width: SCORES },
  smoothed: { type: Float32Array, per: 'row', width: SCORES },
};

const COLUMNS = Object.keys(SHAPES) as readonly Column[];

/** A count of, or position in, frames and rows. */
export interface Extent {
  readonly frame: number;
  readonly row: number;
}

function mapColumns(make: (column: Column, shape: ColumnShape) => ColumnArray, otherNames: readonly string[]): ObservationColumns {
  return { ...Object.fromEntries(COLUMNS.map((column) => [column, make(column, SHAPES[column])])), otherNames } as unknown as ObservationColumns;
}

export function emptyColumns(capacity: Extent): ObservationColumns {
  return mapColumns((_column, { type, per, width }) => new type(capacity[per] * width), []);
}

/** Copies the frames and rows from `from` up to `to` (exclusive), with row ends relative to the copy. */
export function copyColumns(columns: ObservationColumns, from: Extent, to: Extent): ObservationColumns {
  const copy = mapColumns((column, { per, width }) => columns[column].slice(from[per] * width, to[per] * width), [...columns.otherNames]);
  shiftRowEnds(copy.rowEnds, -from.row);
  return copy;
}

/** Copies frames and rows of `source` from `from` up to `to` (exclusive) into `target` at `at`, except class names, which the caller maps. */
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

/** Number of frames with a classified face. */
export function countFramesWithFaces({ rowEnds, outcomes }: ObservationColumns): number {
  let count = 0;
  rowEnds.forEach((end, frame) => {
    if (outcomes.subarray(rowEnds[frame - 1] ?? 0, end).some((outcome) => outcome < SCORES)) count++;
  });
  return count;
}

/** Number of frames that were left out. */
export function countLeftOut({ leftOut }: ObservationColumns): number {
  return leftOut.reduce((count, reason) => count + (reason > 0 ? 1 : 0), 0);
}

/** Distinct tracks with a classified face. */
export function tracksRead({ tracks, outcomes }: ObservationColumns): number[] {
  return Array.from(new Set(tracks.filter((_track, row) => (outcomes[row] ?? SCORES) < SCORES)));
}

/** Total bytes of the arrays. */
export function bytesOf(columns: ObservationColumns): number {
  return COLUMNS.reduce((sum, column) => sum + columns[column].byteLength, 0);
}

/**
 * Validates columns read from disk; null if they are inconsistent. Archives of version 0.1 have no samples, reasons or scores: their frame numbers
 * were sample numbers. Up to 0.2, archives have neither hidden parts nor names of custom classes. Each version adds kinds of concern.
 */
export function toColumns(value: unknown): ObservationColumns | null {
  if (typeof value !== 'object' || value === null) return null;
  const held = value as Readonly<Record<string, unknown>>;
  if (!(held['timesMs'] instanceof Float64Array) || !(held['tracks'] instanceof Uint32Array)) return null;
  const extent = { frame: held['timesMs'].length, row: held['tracks'].length };
  const columns: Readonly<Record<string, unknown>> = {
    ...{ samples: held['numbers'], leftOut: new Uint8Array(extent.frame), scores: new Float32Array(extent.row).fill(NaN) },
    ...{ hiddenParts: new Uint8Array(extent.row), others: new Uint8Array(extent.row), otherNames: [] },
    ...held,
    concerns: widenConcerns(held['concerns'], extent.row),
  };
  const shaped = COLUMNS.every((column) => {
    const { type, per, width } = SHAPES[column];
    const array = columns[column];
    return array instanceof type && array.length === extent[per] * width;
  });
  const typed = columns as unknown as ObservationColumns;
  return shaped && areSound(typed) ? typed : null;
}

/** Adds space for kinds of concern that are newer than the file; returns columns of another shape unchanged. */
function widenConcerns(stored: unknown, rows: number): unknown {
  if (!(stored instanceof Float32Array) || rows === 0) return stored;
  const known = stored.length / rows;
  if (!Number.isInteger(known) || known === 0 || known >= CONCERNS) return stored;
  const wide = new Float32Array(rows * CONCERNS).fill(NaN);
  for (let row = 0; row < rows; row++) wide.set(stored.subarray(row * known, (row + 1) * known), row * CONCERNS);
  return wide;
}

function areSound({ timesMs, leftOut, rowEnds, tracks, outcomes, hiddenParts, others, otherNames }: ObservationColumns): boolean {
  const times = timesMs.every((ms, i) => Number.isFinite(ms) && ms >= (timesMs[i - 1] ?? -Infinity));
  const ends = rowEnds.every((end, i) => end >= (rowEnds[i - 1] ?? 0)) && (rowEnds.at(-1) ?? 0) === tracks.length;
  const reasons = leftOut.every((reason) => reason <= LEFT_OUT_REASONS.length);
  const parts = hiddenParts.every((part) => part <= HIDDEN_PARTS.length);
  const named = isArrayOf(otherNames, isText) && others.every((name) => name <= otherNames.length);
  return times && ends && reasons && parts && named && outcomes.every((outcome) => outcome < SCORES + SKIP_REASONS.length);
}
