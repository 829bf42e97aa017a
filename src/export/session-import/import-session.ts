import * as v from 'valibot';
import { MienError } from '../../engine/errors';
import { pixelRect } from '../../engine/geometry';
import { LONGEST_TASK_MS, visitYielding, yieldToEventLoop } from '../../engine/yield-to-event-loop';
import { ObservationStore, type FaceToStore, type RecordedFrame } from '../../session/observation-store';
import type { PeopleEdit } from '../../session/people-edits';
import type { ReadingAccount } from '../../session/reading-account';
import { LONGEST_LIVE_MS } from '../../session/series-clock';
import { MOST_MARKERS, seriesEndOf, type Marker, type SessionInfo } from '../../session/session-info';
import { parseConcern } from '../../words/recorded';
import { personOfName } from '../../words/person-style';
import { sessionJsonParts } from '../session-record';
import { ENVELOPE, FRAME, MARKER, type Envelope, type FileEdit, type FileFace, type FileFrame, type FileReading } from './file-schema';
import { readFileParts } from './json-lines';
import { currentEnvelope, currentFrame } from './older-files';

export interface ImportedSession {
  readonly info: SessionInfo;
  readonly store: ObservationStore;
  /** Whether re-exporting gives the same bytes. If not, another version wrote the file, or it was edited. */
  readonly isSame: boolean;
}

interface ImportOptions {
  readonly signal?: AbortSignal;
  /** Called repeatedly with the share done (0–1). */
  readonly onProgress?: (share: number) => void;
}

/**
 * Imports the JSON of a session that Mien wrote, under a new id.
 *
 * @throws MienError of kind `session-file`; the signal's reason.
 */
export async function importSession(file: Blob, { signal, onProgress }: ImportOptions = {}): Promise<ImportedSession> {
  const store = new ObservationStore(Infinity);
  let envelope: Envelope | null = null;
  let bytes = 0;
  let frames = 0;
  const breathe = breather(signal, () => onProgress?.(bytes / file.size / 2));
  for await (const part of readFileParts(file, (read) => (bytes = read))) {
    if ('frame' in part) append(store, toFrame(checked(FRAME, currentFrame(part.frame, frames), `results[${frames}]`)), frames++);
    else envelope = checked(ENVELOPE, currentEnvelope(part.envelope), '');
    await breathe();
  }
  if (!envelope) throw new MienError('session-file', 'foreign');
  const info = toInfo(envelope, await toMarkers(envelope.markers, signal));
  const timed = retimed(store, info);
  return { info, store: timed, isSame: await isSame(file, sessionJsonParts(info, timed), breather(signal, () => onProgress?.(1))) };
}

/** Rebuilds the store: a frame's duration depends on whether the source was a webcam or a video, which the file tells only after the frames. */
function retimed(store: ObservationStore, info: SessionInfo): ObservationStore {
  const timed = new ObservationStore(Infinity, info.kind === 'webcam' ? LONGEST_LIVE_MS : Infinity);
  for (const columns of store.columnsFrom(0)) timed.appendColumns(columns);
  timed.end(seriesEndOf(info));
  return timed;
}

/** Returns a function that yields to the event loop when the current task runs long. */
function breather(signal: AbortSignal | undefined, onBreath: () => void): () => Promise<void> | undefined {
  let turnEndMs = performance.now() + LONGEST_TASK_MS;
  return () => {
    if (performance.now() < turnEndMs) return undefined;
    return yieldToEventLoop().then(() => {
      signal?.throwIfAborted();
      onBreath();
      turnEndMs = performance.now() + LONGEST_TASK_MS;
    });
  };
}

function checked<S extends v.GenericSchema>(schema: S, value: unknown, where: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const path = (result.issues[0].path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  throw new MienError('session-file', 'damaged', `${where}${path}`.replace(/^\./, ''));
}

function append(store: ObservationStore, frame: RecordedFrame, index: number): void {
  try {
    store.appendRecorded(frame);
  } catch (error) {
    throw new MienError('session-file', 'damaged', `results[${index}].time_s`, error);
  }
}

function toFrame({ frame, sample, time_s, left_out, faces, skipped_faces }: FileFrame): RecordedFrame {
  const skipped = skipped_faces.map(({ track, reason, face_score, box }) => {
    return { status: 'skipped', track, reason, score: face_score ?? NaN, box: pixelRect(...box), headPose: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 }, concerns: [] } as const;
  });
  return { timestampMs: toMs(time_s), sample, number: frame, leftOut: left_out ?? null, faces: [...faces.map(toFace), ...skipped] };
}

function toFace({ track, label_held, face_score, box, probabilities, raw_probabilities, head_pose, uncertain, uncertain_reasons }: FileFace): FaceToStore {
  return {
    status: 'classified',
    ...{ track, label: label_held, uncertain, score: face_score ?? NaN, box: pixelRect(...box) },
    ...{ smoothed: probabilities, raw: raw_probabilities },
    headPose: { yawDeg: head_pose.yaw, pitchDeg: head_pose.pitch, rollDeg: head_pose.roll },
    // Uncertainty without concerns follows from the probabilities.
    concerns: uncertain_reasons.map(parseConcern).filter((concern) => concern !== null),
  };
}

/** Checks and converts the markers in short tasks. */
async function toMarkers(given: readonly unknown[], signal: AbortSignal | undefined): Promise<readonly Marker[]> {
  if (given.length > MOST_MARKERS) throw new MienError('session-file', 'too-many-markers', String(given.length));
  const markers: Marker[] = [];
  const convert = (marker: unknown) => {
    const { time_s, note } = checked(MARKER, marker, `markers[${markers.length}]`);
    markers.push({ atMs: toMs(time_s), note });
  };
  await visitYielding(given, convert, signal);
  return markers;
}

function toInfo({ session, reading, people_edits, summary, model }: Envelope, markers: readonly Marker[]): SessionInfo {
  const { name, kind, width, height } = session;
  return {
    ...{ id: crypto.randomUUID(), kind, name, model },
    startedAtMs: reading.started === null ? Date.now() : Date.parse(reading.started),
    durationMs: toMs(summary.duration_s),
    frame: width === undefined || height === undefined ? null : { width, height },
    reading: toAccount(reading),
    ...{ frames: summary.total_frames, framesWithFaces: summary.faces_detected, skippedFrames: summary.skipped_frames },
    markers,
    people: people_edits.map(toEdit),
    state: 'complete',
  };
}

/** Null for sessions of version 0.1, which kept no account. */
function toAccount(reading: FileReading): ReadingAccount | null {
  const { source, part_s, frames_left_out, search, smoothing_ms, sensitivity, backend, app_version, started } = reading;
  if (search === null || smoothing_ms === null || backend === null || app_version === null) return null;
  const [sensitivityFirst = null, ...laterSensitivities] = sensitivity ?? [];
  const [smoothingFirst = 0, ...laterSmoothingsMs] = smoothing_ms;
  const [backendFirst, ...laterBackends] = backend;
  if (backendFirst === undefined) return null;
  const { name, bytes, container, codec, width, height, duration_s, start_s, broken_off_s, track, recordings, not_read } = source;
  return {
    source: {
      ...{ name, bytes, container, codec, width, height },
      durationMs: duration_s === null ? null : toMs(duration_s),
      startMs: start_s === null ? null : toMs(start_s),
      brokenOffAtMs: broken_off_s === undefined ? null : toMs(broken_off_s),
      ...(track !== undefined && { track: track - 1 }),
      ...(recordings !== undefined && { recordings }),
      ...(not_read && { notRead: not_read.map(({ what, at_s, detail }) => ({ what, atMs: at_s === null ? null : toMs(at_s), detail })) }),
    },
    partMs: part_s && [toMs(part_s[0]), toMs(part_s[1])],
    ...{ rateAsked: reading.rate_asked, framesAsked: reading.frames_asked, framesRead: reading.frames_read },
    framesLeftOut: frames_left_out.map(({ reason, count }) => ({ reason: reason === 'unknown' ? 'failed' : reason, count })),
    ending: reading.complete ? 'complete' : 'stopped',
    ...{ search, smoothingMs: smoothingFirst, ...(laterSmoothingsMs.length > 0 && { laterSmoothingsMs }) },
    ...{ sensitivity: sensitivityFirst, ...(laterSensitivities.length > 0 && { laterSensitivities }) },
    ...{ backend: backendFirst, ...(laterBackends.length > 0 && { laterBackends }), appVersion: app_version },
    startedAtMs: started === null ? null : Date.parse(started),
  };
}

function toEdit({ kind, person: named, other: otherNamed, time_s = 0, name = '', part_s, baseline, readings = 0 }: FileEdit, index: number): PeopleEdit {
  const where = `people_edits[${index}]`;
  const person = numberOf(named, `${where}.person`);
  switch (kind) {
    case 'name':
      return { kind, person, name };
    case 'merge':
    case 'keep-apart':
      return { kind, person, other: numberOf(otherNamed, `${where}.other`) };
    case 'split':
      return { kind, person, atMs: toMs(time_s), into: numberOf(otherNamed, `${where}.other`) };
    case 'neutral': {
      if (!baseline) throw new MienError('session-file', 'damaged', `${where}.baseline`);
      const [from, to] = part_s ? [toMs(part_s[0]), toMs(part_s[1])] : [null, null];
      return { kind, person, fromMs: from, toMs: to, probabilities: baseline, readings };
    }
    default:
      return { kind, person };
  }
}

function numberOf(named: string | undefined, where: string): number {
  const number = named === undefined ? null : personOfName(named);
  if (number === null) throw new MienError('session-file', 'damaged', where);
  return number;
}

function toMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

/** Whether the file's bytes equal the concatenated parts. */
async function isSame(file: Blob, parts: Iterable<string>, breathe: () => Promise<void> | undefined): Promise<boolean> {
  const encoder = new TextEncoder();
  const reader = file.stream().getReader();
  let piece = new Uint8Array();
  let at = 0;
  try {
    for (const part of parts) {
      for (const byte of encoder.encode(part)) {
        while (at === piece.length) {
          const { done, value } = await reader.read();
          if (done) return false;
          [piece, at] = [value, 0];
        }
        if (piece[at++] !== byte) return false;
      }
      await breathe();
    }
    return at === piece.length && (await reader.read()).done;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
