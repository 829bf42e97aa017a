import { EXPRESSIONS } from '../engine/labels';
import type { ObservationStore } from '../session/observation-store';
import type { Marker, SessionInfo } from '../session/session-info';
import { toCsvRow, type CsvValue } from './csv';
import { toFrameRecord, type SessionFaceRecord, type SessionFrameRecord } from './session-record';

const FACE_COLUMNS: readonly string[] = [
  'track',
  'emotion',
  'confidence',
  'uncertain',
  'uncertain_reasons',
  ...['x', 'y', 'width', 'height'].map((side) => `box_${side}`),
  ...EXPRESSIONS.map((e) => `probabilities_${e}`),
  ...EXPRESSIONS.map((e) => `raw_probabilities_${e}`),
  ...['yaw', 'pitch', 'roll'].map((angle) => `head_pose_${angle}`),
];
const HEADER: readonly string[] = ['frame', 'timestamp', ...FACE_COLUMNS, 'error', 'marker', 'model_id', 'model_version', 'model_sha256'];

/** What stands in the column of a marker without a note. */
const BARE_MARKER = 'marker';

/**
 * One row per face and frame, skipped ones with their reason as error; a frame without any has one row. A
 * marker stands in the first row at or after its time (in the last row if there is none). One part per frame.
 */
export function* sessionCsvParts(info: SessionInfo, store: ObservationStore): Generator<string> {
  const { id, version, sha256 } = info.model;
  yield toCsvRow(HEADER);
  const markers = [...info.markers];
  const endMs = store.getSnapshot().newestMs ?? 0;
  for (const frame of store.framesFrom(0)) {
    const notes = takeUntil(markers, frame.timestampMs < endMs ? frame.timestampMs : Infinity);
    yield toRows(toFrameRecord(frame))
      .map((row, i) => toCsvRow([...row, i === 0 ? notes : undefined, id, version, sha256]))
      .join('');
  }
}

/** Takes the markers up to a time off the list. */
function takeUntil(markers: Marker[], ms: number): string | undefined {
  const count = markers.findIndex(({ atMs }) => atMs > ms);
  const taken = markers.splice(0, count < 0 ? markers.length : count);
  return taken.length > 0 ? taken.map(({ note }) => note || BARE_MARKER).join('; ') : undefined;
}

function toRows({ frame, timestamp, faces, skipped_faces = [] }: SessionFrameRecord): CsvValue[][] {
  const rows: CsvValue[][] = faces.map((face) => [frame, timestamp, ...toFields(face), undefined]);
  for (const { track, box, reason } of skipped_faces) {
    rows.push([frame, timestamp, track, ...empty(4), ...box, ...empty(FACE_COLUMNS.length - 9), reason]);
  }
  return rows.length > 0 ? rows : [[frame, timestamp, ...empty(FACE_COLUMNS.length), 'No face detected']];
}

function toFields(face: SessionFaceRecord): CsvValue[] {
  return [
    face.track,
    face.emotion,
    face.confidence,
    face.uncertain,
    face.uncertain_reasons.join('; '),
    ...face.box,
    ...EXPRESSIONS.map((e) => face.probabilities[e]),
    ...EXPRESSIONS.map((e) => face.raw_probabilities[e]),
    face.head_pose.yaw,
    face.head_pose.pitch,
    face.head_pose.roll,
  ];
}

function empty(count: number): CsvValue[] {
  return Array.from({ length: count }, () => undefined);
}
