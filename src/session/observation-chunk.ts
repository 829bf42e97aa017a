import type { PixelRect } from '../engine/geometry';
import { EXPRESSIONS } from '../engine/labels';
import {
  CONCERN_KINDS,
  HIDDEN_PARTS,
  LEFT_OUT_REASONS,
  SKIP_REASONS,
  type ClassifiedFace,
  type LeftOutReason,
  type SkippedFace,
  type SkipReason,
} from '../engine/types';
import { CONCERNS, NO_NUMBER, copyColumns, emptyColumns, pasteColumns, SCORES, type Extent, type ObservationColumns } from './observation-columns';
import type { SeriesClock } from './series-clock';
import { boxOf, StoredRow, type StoredFace } from './stored-face';

/** A face that was detected in one frame but not classified. */
export interface StoredSkip {
  readonly track: number;
  readonly reason: SkipReason;
  readonly score: number;
  readonly box: PixelRect;
}

/** Position of a frame in its source and in the series of samples. */
export interface FramePlace {
  /** Zero-based index in the series of samples. */
  readonly sample: number;
  /** Zero-based frame number in the source; null if none. */
  readonly number: number | null;
}

/** One sample: a frame with or without faces, or the reason why it was left out. */
export interface StoredFrame extends FramePlace {
  readonly timestampMs: number;
  /** Null if the frame was analysed. */
  readonly leftOut: LeftOutReason | null;
  readonly faces: readonly StoredFace[];
  readonly skipped: readonly StoredSkip[];
}

/** The stored fields of a face. */
type Kept = 'status' | 'track' | 'box' | 'score' | 'headPose' | 'concerns';
export type FaceToStore = Pick<ClassifiedFace, Kept | 'raw' | 'smoothed' | 'label' | 'uncertain'> | Pick<SkippedFace, Kept | 'reason'>;

/** A bounded run of frames in columns, so that an hour takes megabytes and causes no garbage collection. */
export class Chunk {
  readonly #columns: ObservationColumns;
  /** The array in the columns, in mutable form. */
  readonly #otherNames: string[] = [];
  readonly #capacity: Extent;
  readonly #clock: SeriesClock;
  /** Time of the first frame after this chunk; null while there is none. */
  #followedMs: number | null = null;
  #frames = 0;
  #rows = 0;

  constructor(capacity: Extent, clock: SeriesClock) {
    this.#capacity = capacity;
    this.#clock = clock;
    this.#columns = { ...emptyColumns(capacity), otherNames: this.#otherNames };
  }

  get frames(): number {
    return this.#frames;
  }

  get rows(): number {
    return this.#rows;
  }

  get firstMs(): number {
    return this.#frames > 0 ? (this.#columns.timesMs[0] ?? Infinity) : Infinity;
  }

  get lastMs(): number {
    return this.#columns.timesMs[this.#frames - 1] ?? -Infinity;
  }

  /** Sets the time of the first frame after this chunk. */
  followAt(timestampMs: number): void {
    this.#followedMs = timestampMs;
  }

  /** End of a frame's duration, ms. */
  untilMs(frame: number): number {
    const { timesMs } = this.#columns;
    const nextMs = frame + 1 < this.#frames ? (timesMs[frame + 1] ?? null) : this.#followedMs;
    return this.#clock.untilMs(timesMs[frame] ?? 0, nextMs);
  }

  /** Times of all analysed frames, in order. */
  *readTimesMs(): Generator<number> {
    const { timesMs, leftOut } = this.#columns;
    for (let frame = 0; frame < this.#frames; frame++) if (leftOut[frame] === 0) yield timesMs[frame] ?? 0;
  }

  hasRoomFor(rows: number): boolean {
    return this.#frames < this.#capacity.frame && this.#rows + rows <= this.#capacity.row;
  }

  append(timestampMs: number, { sample, number }: FramePlace, faces: readonly FaceToStore[], leftOutBecause: LeftOutReason | null): void {
    for (const face of faces) this.#appendFace(this.#rows++, face);
    const { timesMs, samples, numbers, leftOut, rowEnds } = this.#columns;
    timesMs[this.#frames] = timestampMs;
    samples[this.#frames] = sample;
    numbers[this.#frames] = number ?? NO_NUMBER;
    leftOut[this.#frames] = leftOutBecause === null ? 0 : 1 + LEFT_OUT_REASONS.indexOf(leftOutBecause);
    rowEnds[this.#frames] = this.#rows;
    this.#frames++;
  }

  /**
   * Copies as many frames, starting at `from`, as fit.
   *
   * @returns the first frame and row that did not fit.
   */
  paste(source: ObservationColumns, from: Extent): Extent {
    const rowsLeft = this.#capacity.row - this.#rows;
    const lastFrame = Math.min(source.timesMs.length, from.frame + this.#capacity.frame - this.#frames);
    let to = from;
    while (to.frame < lastFrame && (source.rowEnds[to.frame] ?? 0) - from.row <= rowsLeft) {
      to = { frame: to.frame + 1, row: source.rowEnds[to.frame] ?? to.row };
    }
    pasteColumns(this.#columns, { frame: this.#frames, row: this.#rows }, source, from, to);
    for (let row = from.row; row < to.row; row++) {
      const name = source.otherNames[(source.others[row] ?? 0) - 1];
      this.#columns.others[this.#rows + row - from.row] = this.#numberOf(name);
    }
    this.#frames += to.frame - from.frame;
    this.#rows += to.row - from.row;
    return to;
  }

  /** Copies the frames from `frame` onwards. */
  copyFrom(frame: number): ObservationColumns {
    return copyColumns(this.#columns, { frame, row: this.#rowStart(frame) }, { frame: this.#frames, row: this.#rows });
  }

  frameAt(frame: number): StoredFrame {
    const faces: StoredFace[] = [];
    const skipped: StoredSkip[] = [];
    for (let row = this.#rowStart(frame); row < this.#rowEnd(frame); row++) {
      const reason = this.#skipReason(row);
      if (reason === undefined) faces.push(new StoredRow(this, this.#columns, frame, row));
      else skipped.push({ track: this.#columns.tracks[row] ?? 0, reason, score: this.#columns.scores[row] ?? NaN, box: boxOf(this.#columns, row) });
    }
    const { timesMs, samples, numbers, leftOut } = this.#columns;
    const number = numbers[frame] ?? NO_NUMBER;
    return {
      timestampMs: timesMs[frame] ?? 0,
      sample: samples[frame] ?? 0,
      number: number === NO_NUMBER ? null : number,
      leftOut: LEFT_OUT_REASONS[(leftOut[frame] ?? 0) - 1] ?? null,
      faces,
      skipped,
    };
  }

  /** Classified faces from a frame onwards, of one track or of all. */
  *faces(frame: number, track: number | null): Generator<StoredFace> {
    const { tracks } = this.#columns;
    let row = this.#rowStart(frame);
    for (; frame < this.#frames; frame++) {
      for (const end = this.#rowEnd(frame); row < end; row++) {
        if (track !== null && tracks[row] !== track) continue;
        if (this.#skipReason(row) === undefined) yield new StoredRow(this, this.#columns, frame, row);
      }
    }
  }

  /** First frame at or after a time. */
  firstSince(fromMs: number): number {
    let low = 0;
    let high = this.#frames;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#columns.timesMs[middle] ?? Infinity) < fromMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Last frame at or before a time; the first frame if all are later. */
  lastUntil(ms: number): number {
    let frame = Math.min(this.firstSince(ms), this.#frames - 1);
    // Several frames may have the same time.
    while (frame + 1 < this.#frames && (this.#columns.timesMs[frame + 1] ?? Infinity) <= ms) frame++;
    return Math.max(0, (this.#columns.timesMs[frame] ?? 0) > ms ? frame - 1 : frame);
  }

  #rowStart(frame: number): number {
    return frame === 0 ? 0 : this.#rowEnd(frame - 1);
  }

  #rowEnd(frame: number): number {
    return this.#columns.rowEnds[frame] ?? this.#rows;
  }

  /** One-based index of the name of a class outside the seven; 0 for none. */
  #numberOf(name: string | undefined): number {
    if (name === undefined) return 0;
    const known = this.#otherNames.indexOf(name);
    if (known >= 0) return known + 1;
    return this.#otherNames.length < MOST_NAMES ? this.#otherNames.push(name) : 0;
  }

  #skipReason(row: number): SkipReason | undefined {
    return SKIP_REASONS[(this.#columns.outcomes[row] ?? 0) - SCORES];
  }

  #appendFace(row: number, face: FaceToStore): void {
    const columns = this.#columns;
    const { box, headPose } = face;
    columns.tracks[row] = face.track ?? 0;
    columns.boxes.set([box.x, box.y, box.width, box.height], row * 4);
    columns.scores[row] = face.score;
    columns.poses.set([headPose.yawDeg, headPose.pitchDeg, headPose.rollDeg], row * 3);
    columns.concerns.fill(NaN, row * CONCERNS, (row + 1) * CONCERNS);
    columns.hiddenParts[row] = 0;
    columns.others[row] = 0;
    for (const { kind, value, part, name } of face.concerns) {
      columns.concerns[row * CONCERNS + CONCERN_KINDS.indexOf(kind)] = value;
      if (part) columns.hiddenParts[row] = 1 + HIDDEN_PARTS.indexOf(part);
      if (name !== undefined) columns.others[row] = this.#numberOf(name);
    }
    if (face.status === 'skipped') {
      columns.outcomes[row] = SCORES + SKIP_REASONS.indexOf(face.reason);
      return;
    }
    columns.outcomes[row] = EXPRESSIONS.indexOf(face.label);
    columns.uncertain[row] = face.uncertain ? 1 : 0;
    EXPRESSIONS.forEach((e, i) => {
      columns.raw[row * SCORES + i] = face.raw[e];
      columns.smoothed[row * SCORES + i] = face.smoothed[e];
    });
  }
}

/** Names beyond the range of a byte are not stored. */
const MOST_NAMES = 255;
