import { pixelRect, type PixelRect } from '../engine/geometry';
import { EXPRESSIONS, type Expression } from '../engine/labels';
import { CONCERN_KINDS, HIDDEN_PARTS, type HeadPose, type QualityConcern } from '../engine/types';
import { CONCERNS, SCORES, type ObservationColumns } from './observation-columns';

/** A classified face in one frame. The arrays are views into the store; do not write to them. */
export interface StoredFace {
  readonly timestampMs: number;
  /** End of its frame's duration: the next sample of the series, analysed or left out. */
  readonly untilMs: number;
  readonly track: number;
  readonly label: Expression;
  /** Smoothed probability of the label, 0–1. */
  readonly confidence: number;
  readonly uncertain: boolean;
  readonly box: PixelRect;
  /** The detector's score of the face, 0–1; NaN in sessions that did not store it. */
  readonly score: number;
  readonly headPose: HeadPose;
  readonly concerns: readonly QualityConcern[];
  /** Probabilities (0–1) in the order of `EXPRESSIONS`. */
  readonly raw: Float32Array;
  readonly smoothed: Float32Array;
}

/** The part of a row's chunk that knows the durations of frames. */
interface Standing {
  untilMs(frame: number): number;
}

/** Reads its columns lazily: a chart iterates over thousands of rows but needs only one column. */
export class StoredRow implements StoredFace {
  readonly #chunk: Standing;
  readonly #columns: ObservationColumns;
  readonly #frame: number;
  readonly #row: number;

  constructor(chunk: Standing, columns: ObservationColumns, frame: number, row: number) {
    this.#chunk = chunk;
    this.#columns = columns;
    this.#frame = frame;
    this.#row = row;
  }

  get timestampMs(): number {
    return this.#columns.timesMs[this.#frame] ?? 0;
  }

  get untilMs(): number {
    return this.#chunk.untilMs(this.#frame);
  }

  get track(): number {
    return this.#columns.tracks[this.#row] ?? 0;
  }

  get label(): Expression {
    return EXPRESSIONS[this.#columns.outcomes[this.#row] ?? 0] ?? 'neutral';
  }

  get confidence(): number {
    return this.#columns.smoothed[this.#row * SCORES + (this.#columns.outcomes[this.#row] ?? 0)] ?? 0;
  }

  get uncertain(): boolean {
    return this.#columns.uncertain[this.#row] === 1;
  }

  get box(): PixelRect {
    return boxOf(this.#columns, this.#row);
  }

  get score(): number {
    return this.#columns.scores[this.#row] ?? NaN;
  }

  get headPose(): HeadPose {
    const [yawDeg = 0, pitchDeg = 0, rollDeg = 0] = this.#columns.poses.subarray(this.#row * 3, this.#row * 3 + 3);
    return { yawDeg, pitchDeg, rollDeg };
  }

  get concerns(): readonly QualityConcern[] {
    const values = this.#columns.concerns.subarray(this.#row * CONCERNS, (this.#row + 1) * CONCERNS);
    const part = HIDDEN_PARTS[(this.#columns.hiddenParts[this.#row] ?? 0) - 1];
    const name = this.#columns.otherNames[(this.#columns.others[this.#row] ?? 0) - 1];
    return CONCERN_KINDS.flatMap((kind, i) => {
      const value = values[i] ?? NaN;
      return Number.isNaN(value) ? [] : [{ kind, value, ...(kind === 'covered' && part && { part }), ...(kind === 'other-class' && name !== undefined && { name }) }];
    });
  }

  get raw(): Float32Array {
    return this.#columns.raw.subarray(this.#row * SCORES, (this.#row + 1) * SCORES);
  }

  get smoothed(): Float32Array {
    return this.#columns.smoothed.subarray(this.#row * SCORES, (this.#row + 1) * SCORES);
  }
}

/** Box of a row, frame pixels. */
export function boxOf({ boxes }: ObservationColumns, row: number): PixelRect {
  const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(row * 4, row * 4 + 4);
  return pixelRect(x, y, width, height);
}
