import { toProbabilities, type Expression } from '../engine/labels';
import type { ModelIdentity } from '../engine/types';
import type { ObservationStore, StoredFace, StoredFrame } from '../session/observation-store';
import type { SessionInfo } from '../session/session-info';
import { ExpressionTally, PeopleTally, type ExpressionSummary, type PersonSummary } from '../session/statistics';
import {
  round,
  toBox,
  toFaceRecord,
  toProbabilitiesRecord,
  type FaceRecord,
  type ProbabilitiesRecord,
  type SkippedFaceRecord,
} from './face-record';
import { formatTimestamp } from '../words/format';

export interface SessionFaceRecord extends FaceRecord {
  /** Identity across frames, from 1. */
  readonly track: number;
  /** What was read of this frame alone; `probabilities` are smoothed over time. */
  readonly raw_probabilities: ProbabilitiesRecord;
}

export interface SessionFrameRecord {
  /** The frame's number as its source counts, from 0. */
  readonly frame: number;
  /** Since the session's start, as `00:00:00.000`. */
  readonly timestamp: string;
  readonly faces: readonly SessionFaceRecord[];
  /** Faces that were found and could not be read; absent if there are none. */
  readonly skipped_faces?: readonly (SkippedFaceRecord & { readonly track: number })[];
}

interface ExpressionsRecord {
  readonly face_observations: number;
  /** The label that was shown most often, uncertain faces left out; null where there was none. */
  readonly dominant_emotion: Expression | null;
  /** Share (0–1) of the observations with each label; with `uncertain_share` they add up to 1. */
  readonly emotion_share: ProbabilitiesRecord;
  readonly uncertain_share: number;
  readonly mean_probabilities: ProbabilitiesRecord;
}

export interface PersonRecord extends ExpressionsRecord {
  readonly track: number;
  readonly first_seen: string;
  readonly last_seen: string;
  /** How often the label changed from one certain observation to the next. */
  readonly emotion_changes: number;
}

export interface SessionSummaryRecord extends ExpressionsRecord {
  readonly total_frames: number;
  /** Frames in which a face was read. */
  readonly faces_detected: number;
  /** Frames that could not be analysed; not among `total_frames`. */
  readonly skipped_frames: number;
  readonly duration: string;
  readonly people: readonly PersonRecord[];
}

/** What leaves the app for one session; names follow the systems that Mien replaces. */
export interface SessionRecord {
  readonly session: {
    readonly name: string;
    readonly kind: SessionInfo['kind'];
    /** ISO 8601, UTC. */
    readonly started_at: string;
    /** Pixels; absent where there was no frame. */
    readonly width?: number;
    readonly height?: number;
  };
  readonly results: readonly SessionFrameRecord[];
  readonly markers: readonly { readonly timestamp: string; readonly note: string }[];
  readonly summary: SessionSummaryRecord;
  readonly model: ModelIdentity;
}

/** A session as it leaves the app, in one piece: for short ones. A long one is written by `sessionJsonParts`. */
export function toSessionRecord(info: SessionInfo, store: ObservationStore): SessionRecord {
  const tally = new SessionTally();
  const results = Array.from(store.framesFrom(0), (frame) => {
    tally.add(frame);
    return toFrameRecord(frame);
  });
  return { session: toHead(info), results, ...toTail(info, tally) };
}

/** The same as JSON, one frame at a time, so that an hour needs neither much memory nor one long turn. */
export function* sessionJsonParts(info: SessionInfo, store: ObservationStore): Generator<string> {
  const tally = new SessionTally();
  yield `{"session":${JSON.stringify(toHead(info))},\n"results":[`;
  let separator = '\n';
  for (const frame of store.framesFrom(0)) {
    tally.add(frame);
    yield separator + JSON.stringify(toFrameRecord(frame));
    separator = ',\n';
  }
  const { markers, summary, model } = toTail(info, tally);
  yield `\n],\n"markers":${JSON.stringify(markers)},\n"summary":${JSON.stringify(summary)},\n"model":${JSON.stringify(model)}}\n`;
}

/** What the summary tells, gathered while the frames go by. */
class SessionTally {
  readonly everybody = new ExpressionTally();
  readonly people = new PeopleTally();

  add({ faces }: StoredFrame): void {
    for (const face of faces) {
      this.everybody.add(face);
      this.people.add(face);
    }
  }
}

function toHead(info: SessionInfo): SessionRecord['session'] {
  return { name: info.name, kind: info.kind, started_at: new Date(info.startedAtMs).toISOString(), ...info.frame };
}

function toTail(info: SessionInfo, { everybody, people }: SessionTally) {
  return {
    markers: info.markers.map(({ atMs, note }) => ({ timestamp: formatTimestamp(atMs), note })),
    summary: {
      total_frames: info.frames,
      faces_detected: info.framesWithFaces,
      skipped_frames: info.skippedFrames,
      duration: formatTimestamp(info.durationMs),
      ...toExpressions(everybody.summary()),
      people: people.summaries().map(toPersonRecord),
    },
    model: info.model,
  };
}

function toExpressions({ observations, dominant, share, uncertainShare, mean }: ExpressionSummary): ExpressionsRecord {
  return {
    face_observations: observations,
    dominant_emotion: dominant,
    emotion_share: toProbabilitiesRecord(share),
    uncertain_share: round(uncertainShare, 4),
    mean_probabilities: toProbabilitiesRecord(mean),
  };
}

function toPersonRecord({ track, firstMs, lastMs, summary }: PersonSummary): PersonRecord {
  return {
    track,
    first_seen: formatTimestamp(firstMs),
    last_seen: formatTimestamp(lastMs),
    ...toExpressions(summary),
    emotion_changes: summary.switches,
  };
}

export function toFrameRecord({ number, timestampMs, faces, skipped }: StoredFrame): SessionFrameRecord {
  return {
    frame: number ?? 0,
    timestamp: formatTimestamp(timestampMs),
    faces: faces.map(toSessionFaceRecord),
    ...(skipped.length > 0 && {
      skipped_faces: skipped.map(({ track, reason, box }) => ({ track, reason, box: toBox(box) })),
    }),
  };
}

function toSessionFaceRecord(face: StoredFace): SessionFaceRecord {
  const { track, label, confidence, box, headPose, uncertain, concerns } = face;
  const smoothed = toProbabilities(face.smoothed);
  return {
    track,
    ...toFaceRecord({ label, confidence, box, headPose, uncertain, concerns, smoothed }),
    raw_probabilities: toProbabilitiesRecord(toProbabilities(face.raw)),
  };
}
