import { usualIntervalMs } from '../session/frame-interval';
import type { ObservationStore, StoredFace, StoredFrame } from '../session/observation-store';
import type { PeopleEdit } from '../session/people-edits';
import { LONGEST_LIVE_MS, SeriesClock } from '../session/series-clock';
import { seriesEndOf, type SessionInfo } from '../session/session-info';
import { EXPRESSIONS } from '../engine/labels';
import { round, toProbabilitiesRecord } from './face-record';
import { wholeMs } from './seconds';

/*
 * Sessions rounded to the precision of their files. Files are written from the rounded values only, so that anyone can
 * recompute a file's summary from its rows, and re-exporting an imported file gives the same bytes.
 */

/** The session's times, rounded to whole ms. */
export function filedInfo(info: SessionInfo): SessionInfo {
  return {
    ...info,
    durationMs: wholeMs(info.durationMs),
    markers: info.markers.map(({ atMs, note }) => ({ atMs: wholeMs(atMs), note })),
    people: info.people.map(filedEdit),
  };
}

function filedEdit(edit: PeopleEdit): PeopleEdit {
  if (edit.kind === 'split') return { ...edit, atMs: wholeMs(edit.atMs) };
  if (edit.kind !== 'neutral') return edit;
  const [fromMs, toMs] = [edit.fromMs, edit.toMs].map((ms) => (ms === null ? null : wholeMs(ms)));
  return { ...edit, fromMs: fromMs ?? null, toMs: toMs ?? null, probabilities: toProbabilitiesRecord(edit.probabilities) };
}

/** Stored frames, oldest first, with times in whole ms and scores to four digits. */
export function* filedFrames(info: Pick<SessionInfo, 'kind' | 'reading'>, store: ObservationStore): Generator<StoredFrame> {
  const clock = new SeriesClock(info.kind === 'webcam' ? LONGEST_LIVE_MS : Infinity, () => usualIntervalMs(wholeTimes(store)));
  const endMs = seriesEndOf(info);
  clock.end(endMs === null ? null : wholeMs(endMs));
  let waiting: StoredFrame | null = null;
  for (const frame of store.framesFrom(0)) {
    const nextMs = wholeMs(frame.timestampMs);
    if (waiting) yield filed(waiting, clock.untilMs(wholeMs(waiting.timestampMs), nextMs));
    waiting = frame;
  }
  if (waiting) yield filed(waiting, clock.untilMs(wholeMs(waiting.timestampMs), null));
}

function* wholeTimes(store: ObservationStore): Generator<number> {
  for (const ms of store.readTimesMs()) yield wholeMs(ms);
}

function filed(frame: StoredFrame, untilMs: number): StoredFrame {
  const timestampMs = wholeMs(frame.timestampMs);
  return { ...frame, timestampMs, faces: frame.faces.map((face) => filedFace(face, timestampMs, untilMs)) };
}

function filedFace(face: StoredFace, timestampMs: number, untilMs: number): StoredFace {
  const { track, label, uncertain, box, score, headPose, concerns } = face;
  const [raw, smoothed] = [fourDigits(face.raw), fourDigits(face.smoothed)];
  const confidence = smoothed[EXPRESSIONS.indexOf(label)] ?? 0;
  return { timestampMs, untilMs, track, label, confidence, uncertain, box, score, headPose, concerns, raw, smoothed };
}

function fourDigits(scores: Float32Array): Float32Array {
  return scores.map((score) => round(score, 4));
}
