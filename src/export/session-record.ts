import type { Expression } from '../engine/labels';
import type { ModelIdentity } from '../engine/types';
import type { ObservationStore, StoredFrame } from '../session/observation-store';
import { PeopleAssignment, type PeopleEdit } from '../session/people-edits';
import type { Marker, SessionInfo } from '../session/session-info';
import { ExpressionTally, PeopleTally, type ExpressionSummary, type PersonSummary } from '../session/statistics';
import { formatTimestamp } from '../words/timestamp';
import { filedFrames, filedInfo } from './filed-session';
import { round, toProbabilitiesRecord, type ProbabilitiesRecord } from './face-record';
import { recordedName } from '../words/recorded';
import { toFrameRecord, type SessionFrameRecord } from './frame-record';
import { sessionReading, type ReadingRecord } from './reading-record';
import { seconds } from './seconds';

interface ExpressionsRecord {
  readonly face_observations: number;
  /** The label with the largest share of the time, uncertain faces excluded; null if none. */
  readonly dominant_emotion: Expression | null;
  /** Share of the time (0–1) per label; adds up to 1 with `uncertain_share`. */
  readonly emotion_share: ProbabilitiesRecord;
  readonly uncertain_share: number;
  readonly mean_probabilities: ProbabilitiesRecord;
}

/** A person. People excluded by hand have no record. */
export interface PersonRecord extends ExpressionsRecord {
  /** The first of `tracks`. */
  readonly track: number;
  /** Several if they were merged by hand. */
  readonly tracks: readonly number[];
  readonly person: string;
  readonly first_seen: string;
  readonly last_seen: string;
  /** Number of label changes between consecutive certain observations. */
  readonly emotion_changes: number;
}

/** A manual edit of people. Letters refer to people as they were before any edit. */
export interface PeopleEditRecord {
  readonly kind: PeopleEdit['kind'];
  readonly person: string;
  /** `merge`: the same person; `keep-apart`: a different person; `split`: the person from `time_s` on. */
  readonly other?: string;
  /** `split`: start time. */
  readonly time_s?: number;
  /** `name`: the new name. */
  readonly name?: string;
  /** `neutral`: interval in which the face was at rest; absent if before the session. */
  readonly part_s?: readonly [from: number, to: number];
  /** `neutral`: mean probabilities of the face at rest. */
  readonly baseline?: ProbabilitiesRecord;
  /** `neutral`: number of frames averaged in `baseline`. */
  readonly readings?: number;
}

export interface SessionSummaryRecord extends ExpressionsRecord {
  readonly total_frames: number;
  /** Frames with at least one classified face. */
  readonly faces_detected: number;
  /** Frames that could not be analysed; not included in `total_frames`. */
  readonly skipped_frames: number;
  /** Length of the analysed part. */
  readonly duration: string;
  readonly duration_s: number;
  readonly people: readonly PersonRecord[];
}

/** Export record of a session; key names follow the systems that Mien replaces. */
export interface SessionRecord {
  readonly session: {
    readonly name: string;
    readonly kind: SessionInfo['kind'];
    /** Pixels; absent if there was no frame. */
    readonly width?: number;
    readonly height?: number;
  };
  readonly reading: ReadingRecord;
  /** One entry per sample, including left-out ones. */
  readonly results: readonly SessionFrameRecord[];
  readonly markers: readonly { readonly timestamp: string; readonly time_s: number; readonly note: string }[];
  /** In chronological order. */
  readonly people_edits: readonly PeopleEditRecord[];
  readonly summary: SessionSummaryRecord;
  readonly model: ModelIdentity;
}

/** Export record of a short session. Write long ones with `sessionJsonParts`. */
export function toSessionRecord(session: SessionInfo, store: ObservationStore): SessionRecord {
  const info = filedInfo(session);
  const people = PeopleAssignment.of(info.people);
  const tally = new SessionTally(people);
  const results = Array.from(filedFrames(info, store), (frame) => {
    tally.add(frame);
    return toFrameRecord(frame, people);
  });
  return { session: toHead(info), reading: sessionReading(info), results, markers: info.markers.map(toMarkerRecord), ...toTail(info, tally) };
}

/** Written in one piece, within a few milliseconds. */
const MARKERS_AT_ONCE = 1000;

/** Writes the same record as JSON one frame at a time, so that an hour needs little memory and no long task. */
export function* sessionJsonParts(session: SessionInfo, store: ObservationStore): Generator<string> {
  const info = filedInfo(session);
  const people = PeopleAssignment.of(info.people);
  const tally = new SessionTally(people);
  yield `{"session":${JSON.stringify(toHead(info))},\n"reading":${JSON.stringify(sessionReading(info))},\n"results":[`;
  let separator = '\n';
  for (const frame of filedFrames(info, store)) {
    tally.add(frame);
    yield separator + JSON.stringify(toFrameRecord(frame, people));
    separator = ',\n';
  }
  yield '\n],\n"markers":[';
  for (let at = 0; at < info.markers.length; at += MARKERS_AT_ONCE) {
    const markers = info.markers.slice(at, at + MARKERS_AT_ONCE).map(toMarkerRecord);
    yield `${at > 0 ? ',' : ''}${JSON.stringify(markers).slice(1, -1)}`;
  }
  const { people_edits, summary, model } = toTail(info, tally);
  yield `],\n"people_edits":${JSON.stringify(people_edits)},\n"summary":${JSON.stringify(summary)},\n"model":${JSON.stringify(model)}}\n`;
}

/** Accumulates the summary while frames are written. */
class SessionTally {
  readonly everybody = new ExpressionTally();
  readonly people = new PeopleTally();
  readonly assignment: PeopleAssignment;

  constructor(assignment: PeopleAssignment) {
    this.assignment = assignment;
  }

  add({ faces }: StoredFrame): void {
    for (const face of faces) {
      const person = this.assignment.personOf(face.track, face.timestampMs);
      if (this.assignment.isLeftOut(person)) continue;
      this.everybody.add(face);
      this.people.add(face, person);
    }
  }
}

function toHead(info: SessionInfo): SessionRecord['session'] {
  return { name: info.name, kind: info.kind, ...info.frame };
}

function toMarkerRecord({ atMs, note }: Marker) {
  return { timestamp: formatTimestamp(atMs), time_s: seconds(atMs), note };
}

function toTail(info: SessionInfo, { everybody, people, assignment }: SessionTally) {
  return {
    people_edits: info.people.map(toEditRecord),
    summary: {
      total_frames: info.frames,
      faces_detected: info.framesWithFaces,
      skipped_frames: info.skippedFrames,
      duration: formatTimestamp(info.durationMs),
      duration_s: seconds(info.durationMs),
      ...toExpressions(everybody.summary()),
      people: people.summaries().map((person) => toPersonRecord(person, assignment)),
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

function toEditRecord(edit: PeopleEdit): PeopleEditRecord {
  const { kind, person } = edit;
  return {
    kind,
    person: recordedName(person),
    ...('other' in edit && { other: recordedName(edit.other) }),
    ...(kind === 'split' && { other: recordedName(edit.into), time_s: seconds(edit.atMs) }),
    ...(kind === 'name' && { name: edit.name }),
    ...(kind === 'neutral' && edit.fromMs !== null && edit.toMs !== null && { part_s: [seconds(edit.fromMs), seconds(edit.toMs)] as const }),
    ...(kind === 'neutral' && { baseline: toProbabilitiesRecord(edit.probabilities), readings: edit.readings }),
  };
}

function toPersonRecord({ person, tracks, firstMs, lastMs, summary }: PersonSummary, people: PeopleAssignment): PersonRecord {
  return {
    track: tracks[0] ?? person,
    tracks,
    person: recordedName(person, people.nameOf(person)),
    first_seen: formatTimestamp(firstMs),
    last_seen: formatTimestamp(lastMs),
    ...toExpressions(summary),
    emotion_changes: summary.switches,
  };
}
