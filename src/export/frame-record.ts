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
  /** Name of the person to whom the track belongs: `Person A` until one is given. */
  readonly person: string;
  /** The person was left out by hand and counts in no summary; absent if not. */
  readonly excluded?: true;
  /** Probabilities of this frame alone; `probabilities` are smoothed over time. */
  readonly raw_probabilities: ProbabilitiesRecord;
  /** The person's baseline; absent if none was set. */
  readonly baseline?: ProbabilitiesRecord;
  /** `probabilities` relative to `baseline`; see `relativeTo`. */
  readonly relative_probabilities?: ProbabilitiesRecord;
}

export interface SessionFrameRecord {
  /** The source's own number of the frame, from 0; null where it has none. */
  readonly frame: number | null;
  /** Place in the series of what was asked for, from 0. */
  readonly sample: number;
  /** On the source's clock, as `00:00:00.000`; of a webcam, since the session's start. */
  readonly timestamp: string;
  /** The same in seconds, to a millisecond. */
  readonly time_s: number;
  /** Why there is no reading; absent where the frame was read. */
  readonly left_out?: LeftOutReason;
  readonly faces: readonly SessionFaceRecord[];
  /** Faces that were found and could not be read; absent if there are none. */
  readonly skipped_faces?: readonly SkippedSessionFaceRecord[];
}

export interface SkippedSessionFaceRecord extends SkippedFaceRecord {
  readonly track: number;
}

/** The parts of a frame that a record needs: from a store, or as the engine gives it. */
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

/** A stored frame as it leaves the app. */
export function toFrameRecord(frame: StoredFrame, people: PeopleAssignment): SessionFrameRecord {
  return frameRecord({ ...frame, faces: frame.faces.map(fromStored) }, people);
}

/** A frame as it comes from the engine, on a clock of the caller's. */
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
