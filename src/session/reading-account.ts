import type { Size } from '../engine/geometry';
import type { Sensitivity } from '../engine/mixing';
import { LEFT_OUT_REASONS, type BackendName, type LeftOutReason, type NotRead, type Search } from '../engine/types';

/** Source of a reading: a video file, a picture or a camera. Null: unknown or not applicable. */
export interface ReadingSource {
  /** File name with its folder, if known, as in `P01/webcam.mp4`; or the label of a camera, or of several used one after the other. */
  readonly name: string;
  /** Size of the file. */
  readonly bytes: number | null;
  /** `mp4`, `webm`, `avi`, `jpeg` … */
  readonly container: string | null;
  /** As stated in the file: `avc1.42E01E`. */
  readonly codec: string | null;
  /** Displayed size, pixels; null before the first frame. */
  readonly width: number | null;
  readonly height: number | null;
  readonly durationMs: number | null;
  /** Time of the first frame on the source's clock, which may begin below 0. */
  readonly startMs: number | null;
  /** End of a truncated file, on the source's clock; null: it is complete. */
  readonly brokenOffAtMs: number | null;
  /** Index of the video track that was read; absent if there is only one. */
  readonly track?: number;
  /** Number of consecutive recordings in the file; absent if there is only one. */
  readonly recordings?: number;
  /** Other contents of the file; absent if there are none. */
  readonly notRead?: readonly NotRead[];
}

/** Number of samples left out for one reason. */
export interface LeftOutCount {
  /** `stopped`: not reached, because the reading was stopped or failed. */
  readonly reason: LeftOutReason | 'stopped';
  /** Above 0. */
  readonly count: number;
}

/** Settings and results of a reading: `framesAsked` is the sum of `framesRead` and the counts in `framesLeftOut`. */
export interface ReadingAccount {
  readonly source: ReadingSource;
  /** The requested range, ms on the source's clock, end exclusive; null for a picture. */
  readonly partMs: readonly [fromMs: number, toMs: number] | null;
  /** Frames per second; null for a picture. */
  readonly rateAsked: number | 'every' | null;
  readonly framesAsked: number;
  readonly framesRead: number;
  /** In the order of `LEFT_OUT_REASONS`, then `stopped`. */
  readonly framesLeftOut: readonly LeftOutCount[];
  /** `stopped`: by a person or a failure, before the end of the range. */
  readonly ending: 'complete' | 'stopped';
  readonly search: Search;
  /** Time constant of the smoothing, ms; 0: none. */
  readonly smoothingMs: number;
  /** Other time constants with which frames of a recording were read, in order; absent if there are none. */
  readonly laterSmoothingsMs?: readonly number[];
  /** Null: the model has none, or the account is older than this field. */
  readonly sensitivity: Sensitivity | null;
  /** Other settings with which frames of a recording were read, in order; absent if there are none. */
  readonly laterSensitivities?: readonly Sensitivity[];
  readonly backend: BackendName;
  /** Other backends with which frames were read, in order; absent if there are none. */
  readonly laterBackends?: readonly BackendName[];
  readonly appVersion: string;
  /** Start time, ms since 1970: the only difference between two readings of the same input. Null: it never started. */
  readonly startedAtMs: number | null;
}

/** The facts of a reading before its first frame. */
export type ReadingSetup = Omit<ReadingAccount, 'framesAsked' | 'framesRead' | 'framesLeftOut' | 'ending'>;

/** Settings for reading a camera, as they are at the start. */
export interface LiveSetup extends Pick<ReadingSetup, 'search' | 'smoothingMs' | 'sensitivity' | 'backend' | 'appVersion'> {
  /** The camera's label; '' if unknown. */
  readonly camera: string;
}

/** Settings with which a frame was read. */
export interface FrameSetup {
  readonly smoothingMs: number;
  readonly sensitivity: Sensitivity;
}

/** Each setting and backend with which frames of a reading were read, in order of their first use. */
export class UsedSetups {
  readonly #smoothingsMs = new Set<number>();
  readonly #sensitivities = new Set<Sensitivity>();
  readonly #backends = new Set<BackendName>();

  /** @param backends that read the frame's faces; none if it has none. */
  add({ smoothingMs, sensitivity }: FrameSetup, backends: readonly BackendName[]): void {
    this.#smoothingsMs.add(smoothingMs);
    this.#sensitivities.add(sensitivity);
    for (const backend of backends) this.#backends.add(backend);
  }

  /** The setup with what was used; unchanged before the first frame. A model without sensitivity keeps none. */
  in<T extends Pick<ReadingSetup, 'smoothingMs' | 'sensitivity' | 'backend'>>(setup: T): T & Pick<ReadingSetup, 'laterSmoothingsMs' | 'laterSensitivities' | 'laterBackends'> {
    const [smoothingMs = setup.smoothingMs, ...laterSmoothingsMs] = this.#smoothingsMs;
    const [sensitivity = setup.sensitivity, ...laterSensitivities] = setup.sensitivity === null ? [] : this.#sensitivities;
    const [backend = setup.backend, ...laterBackends] = this.#backends;
    return {
      ...{ ...setup, smoothingMs, sensitivity, backend },
      ...(laterSmoothingsMs.length > 0 && { laterSmoothingsMs }),
      ...(laterSensitivities.length > 0 && { laterSensitivities }),
      ...(laterBackends.length > 0 && { laterBackends }),
    };
  }
}

/** Counts the outcomes of one reading's samples. */
export class ReadingTally {
  #read = 0;
  readonly #leftOut = new Map<LeftOutReason, number>();

  addRead(): void {
    this.#read++;
  }

  addLeftOut(reason: LeftOutReason, count = 1): void {
    this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + count);
  }

  /** @param framesAsked number of samples in the whole range, if known: unreached ones count as `stopped`. */
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

/** A picture as a source; `bytes` and `container` are null if it is not a file. */
export function pictureSource(file: Pick<ReadingSource, 'name' | 'bytes' | 'container'>, frame: Size | null): ReadingSource {
  return {
    ...{ ...file, codec: null },
    ...{ width: frame?.width ?? null, height: frame?.height ?? null, durationMs: null, startMs: null, brokenOffAtMs: null },
  };
}

/** Facts for the account of one picture, successful or not. */
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

/** Each sensitivity with which something was read, in order. */
export function sensitivitiesOf(account: Pick<ReadingAccount, 'sensitivity' | 'laterSensitivities'> | null | undefined): readonly Sensitivity[] {
  const { sensitivity = null, laterSensitivities = [] } = account ?? {};
  return sensitivity === null ? [] : [sensitivity, ...laterSensitivities];
}

/** Number of samples left out for any reason. */
export function countOfLeftOut({ framesLeftOut }: Pick<ReadingAccount, 'framesLeftOut'>): number {
  return framesLeftOut.reduce((sum, { count }) => sum + count, 0);
}
