import type { FrameSelection, VideoInfo } from '../video-file-source';

/** Times are compared with this much tolerance: containers round theirs. */
export const EPSILON_MS = 0.01;

/** The part of the file that is read; `toMs` is left out of it. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The selection's range, within the file. */
export function rangeOf(selection: FrameSelection, { startMs, endMs }: VideoInfo): Range {
  const { fromMs = startMs, toMs = Infinity } = selection;
  return { fromMs: Math.max(startMs, fromMs), toMs: Math.min(endMs, toMs) };
}

/** Evenly spaced moments: whose frame is wanted. */
export class FrameGrid {
  readonly #fromMs: number;
  readonly #stepMs: number;
  /** How many moments there are, ≥ 0. */
  readonly length: number;

  constructor({ fromMs, toMs }: Range, framesPerSecond: number) {
    if (!(framesPerSecond > 0)) throw new RangeError(`${framesPerSecond} frames per second`);
    this.#fromMs = fromMs;
    this.#stepMs = 1000 / framesPerSecond;
    this.length = Math.max(0, Math.ceil((toMs - fromMs - EPSILON_MS) / this.#stepMs));
  }

  timeOf(index: number): number {
    // Not by adding up, which would drift.
    return this.#fromMs + index * this.#stepMs;
  }

  /** The first moment at or after a time; `length` where there is none. */
  indexFrom(timeMs: number): number {
    return Math.min(this.length, Math.max(0, Math.ceil((timeMs - this.#fromMs - EPSILON_MS) / this.#stepMs)));
  }

  /** How many moments lie after one time and before another. */
  countBetween(afterMs: number, untilMs: number): number {
    return Math.max(0, this.indexFrom(untilMs) - this.indexFrom(afterMs + 2 * EPSILON_MS));
  }
}
