import type { PixelRect } from '../engine/geometry';
import { EXPRESSIONS, type Expression } from '../engine/labels';
import type { FaceObservation, FrameResult } from '../engine/types';

const SCORES = EXPRESSIONS.length;
const CHUNK_ROWS = 2048;
/** One hour of two faces at 30 frames a second: about 19 MB. */
const DEFAULT_CAPACITY = 216_000;

/** One face that was classified in one frame. The arrays are views into the store: read, never write. */
export interface StoredFace {
  readonly timestampMs: number;
  readonly track: number;
  readonly label: Expression;
  readonly uncertain: boolean;
  readonly box: PixelRect;
  /** Probabilities (0–1) in the order of `EXPRESSIONS`. */
  readonly raw: Float32Array;
  readonly smoothed: Float32Array;
}

export interface StoreSnapshot {
  /** The newest frame; null while the store is empty. */
  readonly latest: FrameResult | null;
  /** Frames appended since the start or the last `clear`, with and without faces. */
  readonly frames: number;
  /** Of those, frames in which a face was classified. */
  readonly framesWithFaces: number;
  /** Rows given up to stay within the capacity. */
  readonly droppedRows: number;
}

const EMPTY: StoreSnapshot = { latest: null, frames: 0, framesWithFaces: 0, droppedRows: 0 };

/** Rows in columns, so that an hour takes megabytes and no garbage collection. */
class Chunk {
  readonly #times = new Float64Array(CHUNK_ROWS);
  readonly #tracks = new Uint32Array(CHUNK_ROWS);
  readonly #labels = new Uint8Array(CHUNK_ROWS);
  readonly #uncertain = new Uint8Array(CHUNK_ROWS);
  readonly #boxes = new Float32Array(CHUNK_ROWS * 4);
  readonly #raw = new Float32Array(CHUNK_ROWS * SCORES);
  readonly #smoothed = new Float32Array(CHUNK_ROWS * SCORES);
  size = 0;

  get lastMs(): number {
    return this.#times[this.size - 1] ?? -Infinity;
  }

  append(timestampMs: number, face: FaceObservation & { status: 'classified' }): void {
    const row = this.size++;
    this.#times[row] = timestampMs;
    this.#tracks[row] = face.track ?? 0;
    this.#labels[row] = EXPRESSIONS.indexOf(face.label);
    this.#uncertain[row] = face.uncertain ? 1 : 0;
    this.#boxes.set([face.box.x, face.box.y, face.box.width, face.box.height], row * 4);
    EXPRESSIONS.forEach((e, i) => {
      this.#raw[row * SCORES + i] = face.raw[e];
      this.#smoothed[row * SCORES + i] = face.smoothed[e];
    });
  }

  /** First row at or after a time; rows are in order of time. */
  firstSince(fromMs: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? Infinity) < fromMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  timeOf(row: number): number {
    return this.#times[row] ?? 0;
  }

  trackOf(row: number): number {
    return this.#tracks[row] ?? 0;
  }

  labelOf(row: number): Expression {
    return EXPRESSIONS[this.#labels[row] ?? 0] ?? 'neutral';
  }

  isUncertain(row: number): boolean {
    return this.#uncertain[row] === 1;
  }

  boxOf(row: number): PixelRect {
    const [x = 0, y = 0, width = 0, height = 0] = this.#boxes.subarray(row * 4, row * 4 + 4);
    return { x, y, width, height };
  }

  rawOf(row: number): Float32Array {
    return this.#raw.subarray(row * SCORES, (row + 1) * SCORES);
  }

  smoothedOf(row: number): Float32Array {
    return this.#smoothed.subarray(row * SCORES, (row + 1) * SCORES);
  }
}

/** Reads its columns only when asked: a chart walks over thousands of rows for one of them. */
class Row implements StoredFace {
  readonly #chunk: Chunk;
  readonly #row: number;

  constructor(chunk: Chunk, row: number) {
    this.#chunk = chunk;
    this.#row = row;
  }

  get timestampMs(): number {
    return this.#chunk.timeOf(this.#row);
  }

  get track(): number {
    return this.#chunk.trackOf(this.#row);
  }

  get label(): Expression {
    return this.#chunk.labelOf(this.#row);
  }

  get uncertain(): boolean {
    return this.#chunk.isUncertain(this.#row);
  }

  get box(): PixelRect {
    return this.#chunk.boxOf(this.#row);
  }

  get raw(): Float32Array {
    return this.#chunk.rawOf(this.#row);
  }

  get smoothed(): Float32Array {
    return this.#chunk.smoothedOf(this.#row);
  }
}

/**
 * What was observed, in order of time, in memory and bounded: when it is full, the oldest rows go.
 * Rows are only ever appended. It can be handed to React's `useSyncExternalStore` as it is.
 */
export class ObservationStore {
  readonly #maxChunks: number;
  #chunks: Chunk[] = [];
  #snapshot: StoreSnapshot = EMPTY;
  readonly #listeners = new Set<() => void>();

  /** @param capacity rows (faces times frames) to keep, rounded up to whole chunks. */
  constructor(capacity = DEFAULT_CAPACITY) {
    this.#maxChunks = Math.max(1, Math.ceil(capacity / CHUNK_ROWS));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): StoreSnapshot => this.#snapshot;

  /** @throws RangeError when a frame is older than the newest one. */
  append(result: FrameResult): void {
    const { latest, frames, framesWithFaces } = this.#snapshot;
    if (latest && result.timestampMs < latest.timestampMs) {
      throw new RangeError(`frame at ${result.timestampMs} ms comes after one at ${latest.timestampMs} ms`);
    }
    let { droppedRows } = this.#snapshot;
    let classified = 0;
    for (const face of result.faces) {
      if (face.status !== 'classified') continue;
      classified++;
      droppedRows += this.#appendRow(result.timestampMs, face);
    }
    this.#publish({
      latest: result,
      frames: frames + 1,
      framesWithFaces: framesWithFaces + (classified > 0 ? 1 : 0),
      droppedRows,
    });
  }

  /** The classified faces from a time on, oldest first; of one track, or of all. */
  *since(fromMs: number, track: number | null = null): Generator<StoredFace> {
    for (const chunk of this.#chunks) {
      if (chunk.lastMs < fromMs) continue;
      for (let row = chunk.firstSince(fromMs); row < chunk.size; row++) {
        if (track === null || chunk.trackOf(row) === track) yield new Row(chunk, row);
      }
    }
  }

  clear(): void {
    this.#chunks = [];
    this.#publish(EMPTY);
  }

  /** @returns how many old rows had to go. */
  #appendRow(timestampMs: number, face: FaceObservation & { status: 'classified' }): number {
    let chunk = this.#chunks.at(-1);
    let dropped = 0;
    if (!chunk || chunk.size === CHUNK_ROWS) {
      chunk = new Chunk();
      this.#chunks.push(chunk);
      if (this.#chunks.length > this.#maxChunks) dropped = this.#chunks.shift()?.size ?? 0;
    }
    chunk.append(timestampMs, face);
    return dropped;
  }

  #publish(snapshot: StoreSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
