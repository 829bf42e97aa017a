import type { Size } from '../engine/geometry';
import type { ModelIdentity } from '../engine/types';
import type { PeopleEdits } from './people-edits';
import type { ReadingAccount } from './reading-account';

/** A moment that the user marked. */
export interface Marker {
  /** Since the session's start, ms, ≥ 0. */
  readonly atMs: number;
  /** Note; may be empty. */
  readonly note: string;
}

/** A recording of the webcam or an analysis of a video file, without its observations. */
export interface SessionInfo {
  /** Unique on this device. */
  readonly id: string;
  readonly kind: 'webcam' | 'video';
  readonly name: string;
  /** When it was recorded or analysed, ms since 1970. */
  readonly startedAtMs: number;
  /** Length of what was read: of the part, or up to where its reading stopped. */
  readonly durationMs: number;
  /** Size of the frames that boxes refer to, pixels; null while there was no frame. */
  readonly frame: Size | null;
  readonly model: ModelIdentity;
  /** What was asked, read and left out; null in sessions of version 0.1, which did not keep it. */
  readonly reading: ReadingAccount | null;
  /** Frames analysed, with and without faces. */
  readonly frames: number;
  /** Frames in which a face was classified. */
  readonly framesWithFaces: number;
  /** Frames that could not be analysed; they are not among `frames`. */
  readonly skippedFrames: number;
  /** In order of time. */
  readonly markers: readonly Marker[];
  /** Edits of people by hand. */
  readonly people: PeopleEdits;
  /** `open`: being recorded now, or interrupted (the tab was killed). */
  readonly state: 'open' | 'complete';
}

/** Where the series of what was observed ends, ms; null: unknown, as for a webcam and a reading that was stopped. */
export function seriesEndOf({ kind, reading }: Pick<SessionInfo, 'kind' | 'reading'>): number | null {
  return kind === 'video' && reading?.ending === 'complete' ? (reading.partMs?.[1] ?? null) : null;
}
