import type { Appearance } from '../engine/appearance';
import type { FrameResult, LeftOutReason } from '../engine/types';
import { Store } from '../engine/store';
import { Chunk, type FaceToStore, type FramePlace, type StoredFrame } from './observation-chunk';
import type { StoredFace } from './stored-face';
import { usualIntervalMs } from './frame-interval';
import { countFramesWithFaces, countLeftOut, type Extent, type ObservationColumns } from './observation-columns';
import { SeriesClock } from './series-clock';

export type { FaceToStore, FramePlace, StoredFrame, StoredSkip } from './observation-chunk';
export type { StoredFace } from './stored-face';

/** Frames, and rows, allocated at once. */
const CHUNK_SIZE = 2048;
/** One hour of two faces at 30 frames a second: 28 MB. */
const DEFAULT_CAPACITY = 216_000;

export interface StoreSnapshot {
  /** The newest frame as appended; null while the store is empty, or if frames were only restored. */
  readonly latest: FrameResult | null;
  /** Time of the newest frame, ms; null while the store is empty. */
  readonly newestMs: number | null;
  /** Frames appended since the start or the last `clear`: analysed ones, with and without faces, and left-out ones. */
  readonly frames: number;
  readonly framesRead: number;
  readonly framesLeftOut: number;
  /** Analysed frames with a classified face. */
  readonly framesWithFaces: number;
  /** The oldest frames, dropped to stay within the capacity, and their rows (faces times frames). */
  readonly droppedFrames: number;
  readonly droppedRows: number;
}

const EMPTY: StoreSnapshot = {
  ...{ latest: null, newestMs: null, frames: 0, framesRead: 0, framesLeftOut: 0, framesWithFaces: 0 },
  ...{ droppedFrames: 0, droppedRows: 0 },
};

/** A sample without a reading. */
export interface LeftOutFrame {
  /** On the session's clock, ms. */
  readonly timestampMs: number;
  readonly reason: LeftOutReason;
}

/** A frame from a file; its faces have only the stored fields. */
export interface RecordedFrame extends FramePlace {
  /** On the session's clock, ms. */
  readonly timestampMs: number;
  /** Null if it was analysed. */
  readonly leftOut: LeftOutReason | null;
  readonly faces: readonly FaceToStore[];
}

/**
 * Append-only store of observations in order of time, with a capacity: when full, it drops the oldest frames. Compatible with React's
 * `useSyncExternalStore`.
 */
export class ObservationStore {
  readonly #maxChunks: number;
  #chunks: Chunk[] = [];
  #droppedFrames = 0;
  #droppedRows = 0;
  #keptFrom = Infinity;
  readonly #snapshot = new Store(EMPTY);
  readonly #clock: SeriesClock;
  readonly #looks = new Map<number, Appearance>();

  /**
   * @param capacity frames and rows (faces times frames) to keep, rounded up to whole chunks.
   * @param longestMs upper limit for the duration of a frame, even if the next one comes later.
   */
  constructor(capacity = DEFAULT_CAPACITY, longestMs = Infinity) {
    this.#maxChunks = Math.max(1, Math.ceil(capacity / CHUNK_SIZE));
    this.#clock = new SeriesClock(longestMs, () => usualIntervalMs(this.readTimesMs()));
  }

  /** Appearance of each track's person, if enough was in view. Stays on this device; never exported. */
  get looks(): ReadonlyMap<number, Appearance> {
    return this.#looks;
  }

  /** Restores appearances from `looks`. */
  restoreLooks(looks: ReadonlyMap<number, Appearance>): void {
    for (const [track, look] of looks) this.#looks.set(track, look);
  }

  /** True if no more frames will be appended. */
  get ended(): boolean {
    return this.#clock.ended;
  }

  /**
   * Ends the series, which fixes the duration of the last frame.
   *
   * @param endMs end of the series; null: unknown, so the last frame gets the usual interval.
   */
  end(endMs: number | null): void {
    this.#clock.end(endMs);
    this.#snapshot.update({});
  }

  /** Keeps all frames from the `ordinal`-th one on, even beyond the capacity, because they are stored nowhere else. */
  keepFrom(ordinal: number): void {
    this.#keptFrom = ordinal;
  }

  get subscribe() {
    return this.#snapshot.subscribe;
  }

  get getSnapshot() {
    return this.#snapshot.getSnapshot;
  }

  /**
   * @param place default: the number of earlier frames, for both fields.
   * @throws RangeError if the frame is older than the newest one.
   */
  append(result: FrameResult, place: FramePlace = this.#nextPlace()): void {
    const { timestampMs, faces } = result;
    this.#appendFrame(timestampMs, place, faces, null);
    for (const { track, appearance } of faces) if (track !== null && appearance) this.#looks.set(track, appearance);
    const classified = faces.some(({ status }) => status === 'classified');
    this.#publish({ latest: result, newestMs: timestampMs }, { frames: 1, leftOut: 0, withFaces: classified ? 1 : 0 });
  }

  /**
   * Appends a sample without a reading, so that the series stays regular.
   *
   * @param place default: the number of earlier frames, without a number in the source.
   * @throws RangeError if the sample is older than the newest frame.
   */
  appendLeftOut({ timestampMs, reason }: LeftOutFrame, place: FramePlace = { ...this.#nextPlace(), number: null }): void {
    this.#appendFrame(timestampMs, place, [], reason);
    this.#publish({ latest: this.getSnapshot().latest, newestMs: timestampMs }, { frames: 1, leftOut: 1, withFaces: 0 });
  }

  /**
   * Appends samples without readings, in order, as a single change: hours of sleep add thousands.
   *
   * @throws RangeError if the first one is older than the newest frame.
   */
  appendGap(timesMs: readonly number[], reason: LeftOutReason): void {
    const { latest, frames } = this.getSnapshot();
    timesMs.forEach((timestampMs, i) => this.#appendFrame(timestampMs, { sample: frames + i, number: null }, [], reason));
    const newestMs = timesMs.at(-1);
    if (newestMs !== undefined) this.#publish({ latest, newestMs }, { frames: timesMs.length, leftOut: timesMs.length, withFaces: 0 });
  }

  /**
   * Restores a frame from a file.
   *
   * @throws RangeError if it is older than the newest one.
   */
  appendRecorded({ timestampMs, leftOut, faces, ...place }: RecordedFrame): void {
    this.#appendFrame(timestampMs, place, faces, leftOut);
    const withFaces = faces.some(({ status }) => status === 'classified') ? 1 : 0;
    this.#publish({ latest: null, newestMs: timestampMs }, { frames: 1, leftOut: leftOut ? 1 : 0, withFaces });
  }

  /**
   * Restores columns from `columnsFrom`.
   *
   * @throws RangeError if its first frame is older than the newest one.
   */
  appendColumns(columns: ObservationColumns): void {
    const frames = columns.timesMs.length;
    if (frames === 0) return;
    this.#expectInOrder(columns.timesMs[0] ?? NaN);
    let at: Extent = { frame: 0, row: 0 };
    while (at.frame < frames) at = this.#chunkWithRoom((columns.rowEnds[at.frame] ?? 0) - at.row, columns.timesMs[at.frame] ?? 0).paste(columns, at);
    const added = { frames, leftOut: countLeftOut(columns), withFaces: countFramesWithFaces(columns) };
    this.#publish({ latest: null, newestMs: columns.timesMs.at(-1) ?? null }, added);
  }

  /** Classified faces from a time onwards, oldest first; of one track, or of all. */
  *since(fromMs: number, track: number | null = null): Generator<StoredFace> {
    for (const chunk of this.#chunks) {
      if (chunk.lastMs >= fromMs) yield* chunk.faces(chunk.firstSince(fromMs), track);
    }
  }

  /** Stored frames, oldest first, starting with the `ordinal`-th one ever appended. */
  *framesFrom(ordinal: number): Generator<StoredFrame> {
    for (const { chunk, first } of this.#chunksFrom(ordinal)) {
      for (let frame = first; frame < chunk.frames; frame++) yield chunk.frameAt(frame);
    }
  }

  /** Times of all stored analysed frames, in order. */
  *readTimesMs(): Generator<number> {
    for (const chunk of this.#chunks) yield* chunk.readTimesMs();
  }

  /** Frames starting with the one in effect at a time; from the first frame if all are later. */
  *framesAt(ms: number): Generator<StoredFrame> {
    const first = Math.max(0, this.#chunks.findLastIndex((chunk) => chunk.firstMs <= ms));
    for (const [i, chunk] of this.#chunks.slice(first).entries()) {
      for (let frame = i === 0 ? chunk.lastUntil(ms) : 0; frame < chunk.frames; frame++) yield chunk.frameAt(frame);
    }
  }

  /** Copies of the same frames, for writing to disk. */
  columnsFrom(ordinal: number): ObservationColumns[] {
    return Array.from(this.#chunksFrom(ordinal), ({ chunk, first }) => chunk.copyFrom(first));
  }

  clear(): void {
    this.#chunks = [];
    this.#looks.clear();
    this.#droppedFrames = 0;
    this.#droppedRows = 0;
    this.#snapshot.set(EMPTY);
  }

  *#chunksFrom(ordinal: number): Generator<{ readonly chunk: Chunk; readonly first: number }> {
    let start = this.#droppedFrames;
    for (const chunk of this.#chunks) {
      if (start + chunk.frames > ordinal) yield { chunk, first: Math.max(0, ordinal - start) };
      start += chunk.frames;
    }
  }

  #nextPlace(): FramePlace {
    const { frames } = this.getSnapshot();
    return { sample: frames, number: frames };
  }

  #appendFrame(timestampMs: number, place: FramePlace, faces: readonly FaceToStore[], reason: LeftOutReason | null): void {
    this.#expectInOrder(timestampMs);
    this.#chunkWithRoom(faces.length, timestampMs).append(timestampMs, place, faces, reason);
  }

  #expectInOrder(timestampMs: number): void {
    const { newestMs } = this.getSnapshot();
    if (newestMs !== null && timestampMs < newestMs) {
      throw new RangeError(`frame at ${timestampMs} ms comes after one at ${newestMs} ms`);
    }
  }

  /** Returns the newest chunk if the frame's rows fit; otherwise starts a new chunk, and may drop the oldest. */
  #chunkWithRoom(rows: number, timestampMs: number): Chunk {
    const newest = this.#chunks.at(-1);
    if (newest?.hasRoomFor(rows)) return newest;
    newest?.followAt(timestampMs);
    const chunk = new Chunk({ frame: CHUNK_SIZE, row: Math.max(CHUNK_SIZE, rows) }, this.#clock);
    this.#chunks.push(chunk);
    this.#dropOldest();
    return chunk;
  }

  #dropOldest(): void {
    for (let oldest; (oldest = this.#chunks[0]) && this.#chunks.length > this.#maxChunks; this.#chunks.shift()) {
      if (this.#droppedFrames + oldest.frames > this.#keptFrom) return;
      this.#droppedFrames += oldest.frames;
      this.#droppedRows += oldest.rows;
    }
  }

  #publish(newest: Pick<StoreSnapshot, 'latest' | 'newestMs'>, added: { frames: number; leftOut: number; withFaces: number }): void {
    const before = this.getSnapshot();
    this.#snapshot.set({
      ...newest,
      frames: before.frames + added.frames,
      framesRead: before.framesRead + added.frames - added.leftOut,
      framesLeftOut: before.framesLeftOut + added.leftOut,
      framesWithFaces: before.framesWithFaces + added.withFaces,
      droppedFrames: this.#droppedFrames,
      droppedRows: this.#droppedRows,
    });
  }
}
