import type { Sensitivity } from '../engine/mixing';
import type { BackendName, NotRead, Search } from '../engine/types';
import type { LeftOutCount, ReadingAccount, ReadingSource } from '../session/reading-account';
import type { SessionInfo } from '../session/session-info';
import type { CsvColumn } from './csv';
import { seconds } from './seconds';

/** Export record of the source; values are null if unknown or not applicable. */
export interface SourceRecord extends Omit<ReadingSource, 'durationMs' | 'startMs' | 'brokenOffAtMs' | 'notRead'> {
  /** Seconds, to a millisecond, like the two keys below. */
  readonly duration_s: number | null;
  readonly start_s: number | null;
  /** Time at which a truncated file breaks off; absent if it is whole. */
  readonly broken_off_s?: number;
  /** Number of the video track that was read, from 1; absent if there is only one. */
  readonly track?: number;
  /** Contents of the file that were not read; absent if none. */
  readonly not_read?: readonly NotReadRecord[];
}

/** A part of a file from which no frame was read. */
export interface NotReadRecord {
  readonly what: NotRead['what'];
  /** Start in seconds on the source's clock; null if it runs parallel to everything that was read. */
  readonly at_s: number | null;
  readonly detail: string;
}

/**
 * Account of a reading: frames requested, read and left out. `frames_asked` is `frames_read` plus the counts in
 * `frames_left_out`. Values are null in sessions of version 0.1, which kept no account.
 */
export interface ReadingRecord {
  readonly source: SourceRecord;
  /** Seconds on the source's clock, end exclusive; null for a picture. */
  readonly part_s: readonly [from: number, to: number] | null;
  /** Frames per second. */
  readonly rate_asked: number | 'every' | null;
  readonly frames_asked: number;
  readonly frames_read: number;
  readonly frames_left_out: readonly { readonly reason: LeftOutCount['reason'] | 'unknown'; readonly count: number }[];
  readonly complete: boolean;
  readonly search: Search | null;
  /** Time constant; 0 means no smoothing. All settings in order, separated by `, `, if it was changed during a recording. */
  readonly smoothing_ms: number | `${number}, ${string}` | null;
  /** As `smoothing_ms`, if it was changed. Null also if the model has none. */
  readonly sensitivity: Sensitivity | `${Sensitivity}, ${string}` | null;
  /** All that read frames, in order, separated by `, `. */
  readonly backend: BackendName | `${BackendName}, ${string}` | null;
  readonly app_version: string | null;
  /** ISO 8601, UTC; null if it never started. The only value that differs between two readings of the same input and settings. */
  readonly started: string | null;
}

export function toReadingRecord(account: ReadingAccount): ReadingRecord {
  const { source, partMs, rateAsked, framesAsked, framesRead, framesLeftOut, ending, search } = account;
  const { smoothingMs, laterSmoothingsMs, backend, laterBackends, appVersion, startedAtMs } = account;
  return {
    source: toSourceRecord(source),
    part_s: partMs && [seconds(partMs[0]), seconds(partMs[1])],
    rate_asked: rateAsked,
    frames_asked: framesAsked,
    frames_read: framesRead,
    frames_left_out: framesLeftOut.map(({ reason, count }) => ({ reason, count })),
    complete: ending === 'complete',
    search,
    smoothing_ms: inOrder(smoothingMs, laterSmoothingsMs),
    sensitivity: account.sensitivity === null ? null : inOrder(account.sensitivity, account.laterSensitivities),
    backend: inOrder(backend, laterBackends),
    app_version: appVersion,
    started: startedAtMs === null ? null : new Date(startedAtMs).toISOString(),
  };
}

/** A session's account; for version 0.1, the part that can be derived. */
export function sessionReading({ name, frame, reading, frames, skippedFrames, state, startedAtMs }: SessionInfo): ReadingRecord {
  if (reading) return toReadingRecord(reading);
  const unknown = { bytes: null, container: null, codec: null, duration_s: null, start_s: null };
  return {
    source: { name, ...unknown, width: frame?.width ?? null, height: frame?.height ?? null },
    ...{ part_s: null, rate_asked: null, frames_asked: frames + skippedFrames, frames_read: frames },
    frames_left_out: skippedFrames > 0 ? [{ reason: 'unknown', count: skippedFrames }] : [],
    complete: state === 'complete',
    ...{ search: null, smoothing_ms: null, sensitivity: null, backend: null, app_version: null },
    started: new Date(startedAtMs).toISOString(),
  };
}

function toSourceRecord({ name, bytes, container, codec, width, height, durationMs, startMs, brokenOffAtMs, track, recordings, notRead }: ReadingSource): SourceRecord {
  return {
    ...{ name, bytes, container, codec, width, height },
    duration_s: durationMs === null ? null : seconds(durationMs),
    start_s: startMs === null ? null : seconds(startMs),
    ...(brokenOffAtMs !== null && { broken_off_s: seconds(brokenOffAtMs) }),
    ...(track !== undefined && { track: track + 1 }),
    ...(recordings !== undefined && { recordings }),
    ...(notRead && { not_read: notRead.map(({ what, atMs, detail }) => ({ what, at_s: atMs === null ? null : seconds(atMs), detail })) }),
  };
}

/** The first of several settings, or all as text if it was changed. */
function inOrder<T extends string | number>(first: T, later: readonly T[] = []): T | `${T}, ${string}` {
  return later.length === 0 ? first : `${first}, ${later.join(', ')}`;
}

function notReadText({ what, at_s, detail }: NotReadRecord): string {
  const place = at_s === null ? what : `${what} at ${at_s} s`;
  return detail === '' ? place : `${place}: ${detail}`;
}

export interface ReadingRow {
  readonly reading: ReadingRecord;
}

/** The account as columns with the same value in every row, so that a table of many files can be split again. */
export const READING_COLUMNS: readonly CsvColumn<ReadingRow>[] = [
  { name: 'source_bytes', value: ({ reading }) => reading.source.bytes },
  { name: 'source_container', value: ({ reading }) => reading.source.container },
  { name: 'source_codec', value: ({ reading }) => reading.source.codec },
  { name: 'source_width', value: ({ reading }) => reading.source.width },
  { name: 'source_height', value: ({ reading }) => reading.source.height },
  { name: 'source_duration_s', value: ({ reading }) => reading.source.duration_s },
  { name: 'source_start_s', value: ({ reading }) => reading.source.start_s },
  { name: 'source_broken_off_s', value: ({ reading }) => reading.source.broken_off_s ?? null },
  { name: 'source_track', value: ({ reading }) => reading.source.track ?? null },
  { name: 'source_recordings', value: ({ reading }) => reading.source.recordings ?? null },
  { name: 'source_not_read', value: ({ reading }) => (reading.source.not_read ?? []).map(notReadText).join('; ') },
  { name: 'part_from_s', value: ({ reading }) => reading.part_s?.[0] ?? null },
  { name: 'part_to_s', value: ({ reading }) => reading.part_s?.[1] ?? null },
  { name: 'rate_asked', value: ({ reading }) => reading.rate_asked },
  { name: 'frames_asked', value: ({ reading }) => reading.frames_asked },
  { name: 'frames_read', value: ({ reading }) => reading.frames_read },
  { name: 'frames_left_out', value: ({ reading }) => reading.frames_asked - reading.frames_read },
  { name: 'frames_left_out_reasons', value: ({ reading }) => reading.frames_left_out.map(({ reason, count }) => `${reason}: ${count}`).join('; ') },
  { name: 'complete', value: ({ reading }) => reading.complete },
  { name: 'search', value: ({ reading }) => reading.search },
  { name: 'smoothing_ms', value: ({ reading }) => reading.smoothing_ms },
  { name: 'sensitivity', value: ({ reading }) => reading.sensitivity },
  { name: 'backend', value: ({ reading }) => reading.backend },
  { name: 'app_version', value: ({ reading }) => reading.app_version },
  { name: 'started', value: ({ reading }) => reading.started },
];
