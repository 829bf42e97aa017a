import { EXPRESSIONS, toProbabilities, type Probabilities } from '../engine/labels';
import type { FrameResult, LeftOutReason } from '../engine/types';
import { relativeTo, type Baseline } from '../session/baseline';
import type { FramePlace, StoredFace, StoredFrame } from '../session/observation-store';
import { UNEDITED, type PeopleAssignment } from '../session/people-edits';
import { formatTimestamp } from '../words/timestamp';
import { recordedName } from '../words/recorded';
import {
  toFaceRecord,
  toProbabilitiesRecord,
  toSkippedRecord,
  type FaceRecord,
  type ProbabilitiesRecord,
  type RecordedFace,
  type RecordedSkip,
  type SkippedFaceRecord,
} from './face-record';
import { seconds } from './seconds';

export interface SessionFaceRecord extends FaceRecord {
  /** Identity across frames, from 1. */
  readonly track: number;
  /** Name of the person the track belongs to; `Person A` etc. unless renamed. */
  readonly person: string;
  /** Excluded by hand, so not counted in any summary; absent if not. */
  readonly excluded?: true;
  /** Probabilities of this frame alone; `probabilities` is smoothed over time. */
  readonly raw_probabilities: ProbabilitiesRecord;
  /** The person's baseline; absent if none was set. */
  readonly baseline?: ProbabilitiesRecord;
  /** `probabilities` relative to `baseline`; see `relativeTo`. */
  readonly relative_probabilities?: ProbabilitiesRecord;
}

export interface SessionFrameRecord {
  /** Frame number in the source, from 0; null if the source has none. */
  readonly frame: number | null;
  /** Index in the series of requested samples, from 0. */
  readonly sample: number;
  /** Time on the source's clock as `00:00:00.000`; for a webcam, since the session's start. */
  readonly timestamp: string;
  /** The same time in seconds, to a millisecond. */
  readonly time_s: number;
  /** Reason why the frame was not read; absent if it was. */
  readonly left_out?: LeftOutReason;
  readonly faces: readonly SessionFaceRecord[];
  /** Faces that were detected but not classified; absent if none. */
  readonly skipped_faces?: readonly SkippedSessionFaceRecord[];
}

export interface SkippedSessionFaceRecord extends SkippedFaceRecord {
  readonly track: number;
}

/** The fields of a frame that a record needs, from a store or from the engine. */
interface RecordedFrame extends FramePlace {
  /** On the source's clock. */
  readonly timestampMs: number;
  readonly leftOut: LeftOutReason | null;
  readonly faces: readonly RecordedSessionFace[];
  readonly skipped: readonly (RecordedSkip & { readonly track: number })[];
}

interface RecordedSessionFace extends RecordedFace {
  readonly track: number;
  readonly raw: Probabilities;
}

/** Export record of a stored frame. */
export function toFrameRecord(frame: StoredFrame, people: PeopleAssignment): SessionFrameRecord {
  return frameRecord({ ...frame, faces: frame.faces.map(fromStored) }, people);
}

/** Export record of an engine result, on the caller's clock. */
export function toResultRecord({ faces }: FrameResult, place: FramePlace, timestampMs: number): SessionFrameRecord {
  const tracked = faces.map((face) => ({ ...face, track: face.track ?? 0 }));
  return frameRecord({
    ...{ ...place, timestampMs, leftOut: null },
    faces: tracked.filter((face) => face.status === 'classified'),
    skipped: tracked.filter((face) => face.status === 'skipped'),
  }, UNEDITED);
}

function frameRecord({ number, sample, timestampMs, leftOut, faces, skipped }: RecordedFrame, people: PeopleAssignment): SessionFrameRecord {
  return {
    frame: number,
    sample,
    timestamp: formatTimestamp(timestampMs),
    time_s: seconds(timestampMs),
    ...(leftOut && { left_out: leftOut }),
    faces: faces.map((face) => ({
      track: face.track,
      ...personOf(people.personOf(face.track, timestampMs), people),
      ...toFaceRecord(face),
      raw_probabilities: toProbabilitiesRecord(face.raw),
      ...relativeOf(face.smoothed, people.baselineOf(people.personOf(face.track, timestampMs))),
    })),
    ...(skipped.length > 0 && { skipped_faces: skipped.map((face) => ({ track: face.track, ...toSkippedRecord(face) })) }),
  };
}

function fromStored(face: StoredFace): RecordedSessionFace {
  const { track, label, score, box, headPose, uncertain, concerns, confidence } = face;
  const [raw, smoothed] = [toProbabilities(face.raw), toProbabilities(face.smoothed)];
  return { track, label, confidence, score, box, headPose, uncertain, concerns, raw, smoothed };
}

function relativeOf(smoothed: Probabilities, baseline: Baseline | null): Pick<SessionFaceRecord, 'baseline' | 'relative_probabilities'> {
  if (!baseline) return {};
  const relative = toProbabilities(relativeTo(EXPRESSIONS.map((e) => smoothed[e]), baseline));
  return { baseline: toProbabilitiesRecord(baseline.probabilities), relative_probabilities: toProbabilitiesRecord(relative) };
}

function personOf(person: number, people: PeopleAssignment): Pick<SessionFaceRecord, 'person' | 'excluded'> {
  return { person: recordedName(person, people.nameOf(person)), ...(people.isLeftOut(person) && { excluded: true }) };
}
