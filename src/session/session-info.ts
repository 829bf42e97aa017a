import type { Size } from '../engine/geometry';
import type { ModelIdentity } from '../engine/types';
import type { PeopleEdits } from './people-edits';
import type { ReadingAccount } from './reading-account';

/** A moment marked by the user. */
export interface Marker {
  /** On the session's clock, ms; a video's may begin below 0. */
  readonly atMs: number;
  /** Note; may be empty. */
  readonly note: string;
}

/** Most markers of a session: each edit stores and counts all of them anew. */
export const MOST_MARKERS = 100_000;

/** A webcam recording or an analysis of a video file, without its observations. */
export interface SessionInfo {
  /** Unique on this device. */
  readonly id: string;
  readonly kind: 'webcam' | 'video';
  readonly name: string;
  /** When it was recorded or analysed, ms since 1970. */
  readonly startedAtMs: number;
  /** Duration of the analysed range, or up to where analysis stopped. */
  readonly durationMs: number;
  /** Size of the frames that boxes refer to, pixels; null before the first frame. */
  readonly frame: Size | null;
  readonly model: ModelIdentity;
  /** Settings and results of the reading; null in sessions of version 0.1, which did not store them. */
  readonly reading: ReadingAccount | null;
  /** Analysed frames, with and without faces. */
  readonly frames: number;
  /** Frames with a classified face. */
  readonly framesWithFaces: number;
  /** Frames that could not be analysed; not included in `frames`. */
  readonly skippedFrames: number;
  /** In order of time. */
  readonly markers: readonly Marker[];
  /** Manual edits of people. */
  readonly people: PeopleEdits;
  /** `open`: being recorded, or interrupted (the tab was killed). */
  readonly state: 'open' | 'complete';
}

/** A range of times on a session's clock, ms. */
export interface SessionSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Span of a session: from 0, or from where its part begins if that is earlier, to its end; at least 1 ms.
 *
 * @param newestMs time of its newest observation; null if it has none.
 */
export function spanOf({ durationMs, reading }: Pick<SessionInfo, 'durationMs' | 'reading'>, newestMs: number | null): SessionSpan {
  const startMs = reading?.partMs?.[0] ?? 0;
  const fromMs = Math.min(0, startMs);
  // A recording may end long after its last frame, and a part keeps the times of its file.
  return { fromMs, toMs: Math.max(startMs + durationMs, newestMs ?? -Infinity, fromMs + 1) };
}

/** End of the series of samples, ms; null if unknown, as for a webcam or a stopped reading. */
export function seriesEndOf({ kind, reading }: Pick<SessionInfo, 'kind' | 'reading'>): number | null {
  return kind === 'video' && reading?.ending === 'complete' ? (reading.partMs?.[1] ?? null) : null;
}
