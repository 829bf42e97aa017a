import { MienError } from '../../engine/errors';
import type { FrameSelection, VideoInfo } from '../video-file-source';

/** Times are compared with this much tolerance: containers round theirs. */
export const EPSILON_MS = 0.01;

/** The part of the file that is read; `toMs` is left out of it. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The selection's range, within the file. */
export function rangeOf(selection: FrameSelection, { startMs, endMs }: Pick<VideoInfo, 'startMs' | 'endMs'>): Range {
  if ('atMs' in selection) return { fromMs: startMs, toMs: Math.min(endMs, (selection.atMs.at(-1) ?? startMs) + EPSILON_MS) };
  const { fromMs = startMs, toMs = Infinity } = selection;
  return { fromMs: Math.max(startMs, fromMs), toMs: Math.min(endMs, toMs) };
}

/** Why a reading came to its end without a frame. */
export function nothingFound({ fromMs, toMs }: Range): MienError {
  return toMs > fromMs ? new MienError('video', 'damaged', 'no frame could be decoded') : new MienError('video', 'nothing-in-range');
}

/** The moments of a selection whose frames are wanted; null: every frame is. */
export function momentsOf(selection: FrameSelection, range: Range): Moments | null {
  if ('atMs' in selection) return new ListedMoments(selection.atMs);
  return selection.framesPerSecond === 'every' ? null : new EvenMoments(range, selection.framesPerSecond);
}

/** Moments in ascending order: the frame that is on screen at each of them is wanted. */
export abstract class Moments {
  /** How many there are, ≥ 0. */
  abstract readonly length: number;
  /** Of the moment with this number, ms. */
  abstract timeOf(index: number): number;
  /** The first moment at or after a time; `length` where there is none. */
  abstract indexFrom(timeMs: number): number;

  /** How many moments lie after one time and before another. */
  countBetween(afterMs: number, untilMs: number): number {
    return Math.max(0, this.indexFrom(untilMs) - this.indexFrom(afterMs + 2 * EPSILON_MS));
  }
}

/** So many a second. */
export class EvenMoments extends Moments {
  readonly #fromMs: number;
  readonly #stepMs: number;
  override readonly length: number;

  /** @param framesPerSecond above 0. */
  constructor({ fromMs, toMs }: Range, framesPerSecond: number) {
    super();
    if (!(framesPerSecond > 0)) throw new RangeError(`${framesPerSecond} frames per second`);
    this.#fromMs = fromMs;
    this.#stepMs = 1000 / framesPerSecond;
    this.length = Math.max(0, Math.ceil((toMs - fromMs - EPSILON_MS) / this.#stepMs));
  }

  override timeOf(index: number): number {
    // Not by adding up, which would drift.
    return this.#fromMs + index * this.#stepMs;
  }

  override indexFrom(timeMs: number): number {
    return Math.min(this.length, Math.max(0, Math.ceil((timeMs - this.#fromMs - EPSILON_MS) / this.#stepMs)));
  }
}

class ListedMoments extends Moments {
  readonly #timesMs: readonly number[];

  constructor(timesMs: readonly number[]) {
    super();
    this.#timesMs = timesMs;
  }

  override get length(): number {
    return this.#timesMs.length;
  }

  override timeOf(index: number): number {
    return this.#timesMs[index] ?? NaN;
  }

  override indexFrom(timeMs: number): number {
    const index = this.#timesMs.findIndex((each) => each >= timeMs - EPSILON_MS);
    return index < 0 ? this.length : index;
  }
}
