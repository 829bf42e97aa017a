import { parseClock } from '../../words/parse-clock';

/*
 * Converts files of version 0.1, which have clock times and neither samples nor an account of the reading, to the current format.
 */

/** A frame of `results` in the current format. Values that are no frame are returned unchanged. */
export function currentFrame(frame: unknown, index: number): unknown {
  if (!isObject(frame) || 'sample' in frame || 'time_s' in frame) return frame;
  const { timestamp, faces, skipped_faces: skipped } = frame;
  return {
    ...frame,
    ...{ sample: index, time_s: secondsOf(timestamp) },
    faces: each(faces, (face) => ({ ...face, face_score: null, label_held: face['emotion'] })),
    ...(skipped !== undefined && { skipped_faces: each(skipped, (face) => ({ ...face, face_score: null })) }),
  };
}

/** Everything except `results`, in the current format. */
export function currentEnvelope(envelope: unknown): unknown {
  if (!isObject(envelope) || 'reading' in envelope || !isObject(envelope['session']) || !isObject(envelope['summary'])) return envelope;
  const { session, summary, markers } = envelope;
  const unknown = { bytes: null, container: null, codec: null, width: null, height: null, duration_s: null, start_s: null };
  return {
    ...envelope,
    reading: {
      source: { name: session['name'], ...unknown },
      ...{ part_s: null, rate_asked: null, frames_asked: summary['total_frames'], frames_read: summary['total_frames'], frames_left_out: [], complete: true },
      ...{ search: null, smoothing_ms: null, backend: null, app_version: null, started: session['started_at'] },
    },
    summary: { ...summary, duration_s: secondsOf(summary['duration']) },
    markers: each(markers, (marker) => ({ ...marker, time_s: secondsOf(marker['timestamp']) })),
    people_edits: [],
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function each(list: unknown, change: (item: Record<string, unknown>) => unknown): unknown {
  return Array.isArray(list) ? list.map((item: unknown) => (isObject(item) ? change(item) : item)) : list;
}

/** Undefined if it is no clock time; the schema then reports it. */
function secondsOf(clock: unknown): number | undefined {
  const ms = typeof clock === 'string' ? parseClock(clock) : null;
  return ms === null ? undefined : ms / 1000;
}
