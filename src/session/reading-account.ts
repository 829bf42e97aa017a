import type { Size } from '../engine/geometry';
import { LEFT_OUT_REASONS, type BackendName, type LeftOutReason, type NotRead, type Search } from '../engine/types';

/** What was read: a video file, a picture or a camera. Null: unknown, or the source has no such thing. */
export interface ReadingSource {
  /** With its folder, `P01/webcam.mp4`, where it came with one; a camera's label, or those of several that were read one after the other. */
  readonly name: string;
  /** Size of the file. */
  readonly bytes: number | null;
  /** `mp4`, `webm`, `avi`, `jpeg` … */
  readonly container: string | null;
  /** As the file writes it: `avc1.42E01E`. */
  readonly codec: string | null;
  /** Pixels as displayed; null before the first frame. */
  readonly width: number | null;
  readonly height: number | null;
  readonly durationMs: number | null;
  /** Time of the first frame on the source's clock; where it is below 0, all other times count from the first frame instead. */
  readonly startMs: number | null;
  /** Where a file that was cut short breaks off, on the source's clock; null: it is whole. */
  readonly brokenOffAtMs: number | null;
  /** Index of the picture track that was read; absent where there is one. */
  readonly track?: number;
  /** How many recordings of the file were read, one after the other; absent where there is one. */
  readonly recordings?: number;
  /** What else is in the file; absent where there is nothing. */
  readonly notRead?: readonly NotRead[];
}

/** How many samples were left out for one reason. */
export interface LeftOutCount {
  /** `stopped`: not reached, because the reading was stopped or failed. */
  readonly reason: LeftOutReason | 'stopped';
  /** Above 0. */
  readonly count: number;
}

/**
 * What was asked of a reading, what was read and what was left out: `framesAsked` is the sum of `framesRead` and
 * the counts of `framesLeftOut`.
 */
export interface ReadingAccount {
  readonly source: ReadingSource;
  /** The part that was asked for, ms on the source's clock, its end excluded; null for a picture. */
  readonly partMs: readonly [fromMs: number, toMs: number] | null;
  /** Frames per second; null for a picture. */
  readonly rateAsked: number | 'every' | null;
  readonly framesAsked: number;
  readonly framesRead: number;
  /** In the order of `LEFT_OUT_REASONS`, then `stopped`. */
  readonly framesLeftOut: readonly LeftOutCount[];
  /** `stopped`: by a person or a failure, before the part's end. */
  readonly ending: 'complete' | 'stopped';
  readonly search: Search;
  /** Time constant of the smoothing, ms; 0: none. */
  readonly smoothingMs: number;
  readonly backend: BackendName;
  readonly appVersion: string;
  /**
   * When the reading began, ms since 1970: the one thing that differs between two readings of the same input. Null: it
   * never began.
   */
  readonly startedAtMs: number | null;
}

/** The facts of a reading before its first frame. */
export type ReadingSetup = Omit<ReadingAccount, 'framesAsked' | 'framesRead' | 'framesLeftOut' | 'ending'>;

/** What reads a camera. */
export interface LiveSetup extends Pick<ReadingSetup, 'search' | 'smoothingMs' | 'backend' | 'appVersion'> {
  /** The camera's label; '' if unknown. */
  readonly camera: string;
}

/** Counts what becomes of the samples of one reading. */
export class ReadingTally {
  #read = 0;
  readonly #leftOut = new Map<LeftOutReason, number>();

  addRead(): void {
    this.#read++;
  }

  addLeftOut(reason: LeftOutReason, count = 1): void {
    this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + count);
  }

  /** @param framesAsked samples that the whole part has, where that is known: those not reached count as `stopped`. */
  account(setup: ReadingSetup, ending: ReadingAccount['ending'], framesAsked: number | null = null): ReadingAccount {
    const leftOut: LeftOutCount[] = LEFT_OUT_REASONS.flatMap((reason) => {
      const count = this.#leftOut.get(reason) ?? 0;
      return count > 0 ? [{ reason, count }] : [];
    });
    const reached = this.#read + leftOut.reduce((sum, { count }) => sum + count, 0);
    const missed = ending === 'stopped' && framesAsked !== null ? Math.max(0, framesAsked - reached) : 0;
    return {
      ...setup,
      framesAsked: reached + missed,
      framesRead: this.#read,
      framesLeftOut: missed > 0 ? [...leftOut, { reason: 'stopped', count: missed }] : leftOut,
      ending,
    };
  }
}

/** A picture as a source; `bytes` and `container` are null where it is no file. */
export function pictureSource(file: Pick<ReadingSource, 'name' | 'bytes' | 'container'>, frame: Size | null): ReadingSource {
  return {
    ...{ ...file, codec: null },
    ...{ width: frame?.width ?? null, height: frame?.height ?? null, durationMs: null, startMs: null, brokenOffAtMs: null },
  };
}

/** The account of reading one picture, successful or not. */
export type PictureReading = Omit<ReadingSetup, 'partMs' | 'rateAsked' | 'smoothingMs'>;

/** The account of one picture: one sample, read or left out. */
export function pictureAccount(reading: PictureReading, leftOut: LeftOutCount['reason'] | null): ReadingAccount {
  return {
    ...{ ...reading, partMs: null, rateAsked: null, smoothingMs: 0 },
    ...{ framesAsked: 1, framesRead: leftOut ? 0 : 1 },
    framesLeftOut: leftOut ? [{ reason: leftOut, count: 1 }] : [],
    ending: leftOut === 'stopped' ? 'stopped' : 'complete',
  };
}

/** Number of samples left out for any reason. */
export function countOfLeftOut({ framesLeftOut }: Pick<ReadingAccount, 'framesLeftOut'>): number {
  return framesLeftOut.reduce((sum, { count }) => sum + count, 0);
}
