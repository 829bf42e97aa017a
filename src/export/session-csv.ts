import type { ObservationStore } from '../session/observation-store';
import { PeopleAssignment } from '../session/people-edits';
import type { Marker, SessionInfo } from '../session/session-info';
import { BYTE_ORDER_MARK, csvFields, csvHeader, END_OF_LINE, type CsvColumn, type CsvOptions } from './csv';
import { FACE_COLUMNS, MODEL_COLUMNS, probabilityColumns, type ModelRow } from './face-columns';
import { filedFrames, filedInfo } from './filed-session';
import { READING_COLUMNS, sessionReading, type ReadingRow } from './reading-record';
import { toFrameRecord, type SessionFaceRecord, type SessionFrameRecord, type SkippedSessionFaceRecord } from './frame-record';
import { wholeMs } from './seconds';

/** One face in one frame, or a frame without faces. */
export interface SessionRow {
  readonly file: string;
  readonly frame: SessionFrameRecord;
  readonly face: SessionFaceRecord | null;
  readonly skipped: SkippedSessionFaceRecord | null;
  readonly error: string | null;
  /** Markers after the previous frame, up to this one. */
  readonly notes: string | null;
}

export const ROW_COLUMNS: readonly CsvColumn<SessionRow>[] = [
  { name: 'file', value: ({ file }) => file },
  { name: 'frame', value: ({ frame }) => frame.frame },
  { name: 'sample', value: ({ frame }) => frame.sample },
  { name: 'timestamp', value: ({ frame }) => frame.timestamp },
  { name: 'time_s', value: ({ frame }) => frame.time_s },
  { name: 'left_out', value: ({ frame }) => frame.left_out ?? null },
  { name: 'track', value: ({ face, skipped }) => (face ?? skipped)?.track ?? null },
  { name: 'person', value: ({ face }) => face?.person ?? null },
  { name: 'excluded', value: ({ face }) => face && face.excluded === true },
  ...FACE_COLUMNS,
  ...probabilityColumns<SessionRow>('raw_probabilities', ({ face }) => face?.raw_probabilities ?? null),
  { name: 'error', value: ({ error }) => error },
  { name: 'marker', value: ({ notes }) => notes },
];

/** Written only if a session has a baseline, so that other files keep their columns. */
export const BASELINE_COLUMNS: readonly CsvColumn<SessionRow>[] = [
  ...probabilityColumns<SessionRow>('baseline', ({ face }) => face?.baseline ?? null),
  ...probabilityColumns<SessionRow>('relative_probabilities', ({ face }) => face?.relative_probabilities ?? null),
];

/** Columns with the same value in every row of a session. */
export const SESSION_COLUMNS: readonly CsvColumn<ReadingRow & ModelRow>[] = [...READING_COLUMNS, ...MODEL_COLUMNS];

/** @param relative whether anyone in the table has a baseline. */
export function sessionCsvHeader(relative: boolean): string {
  return `${csvHeader(rowColumns(relative))},${csvHeader(SESSION_COLUMNS)}${END_OF_LINE}`;
}

function rowColumns(relative: boolean): readonly CsvColumn<SessionRow>[] {
  return relative ? [...ROW_COLUMNS, ...BASELINE_COLUMNS] : ROW_COLUMNS;
}

/** Column value of a marker without a note. */
const BARE_MARKER = 'marker';

/** A session as CSV with header, one part per frame. `byteOrderMark` makes Excel read it as UTF-8. */
export function* sessionCsvParts(info: SessionInfo, store: ObservationStore, { byteOrderMark = false }: Partial<CsvOptions> = {}): Generator<string> {
  const { hasBaselines } = PeopleAssignment.of(info.people);
  yield (byteOrderMark ? BYTE_ORDER_MARK : '') + sessionCsvHeader(hasBaselines);
  yield* sessionCsvRows(info, store, hasBaselines);
}

/**
 * Writes one row per face and frame, with the reason as `error` for skipped faces, and one row for a frame without
 * faces or a left-out sample. A marker goes into the first row at or after its time, or else into the last row.
 * Yields one part per frame.
 *
 * @param relative as passed to `sessionCsvHeader`.
 */
export function* sessionCsvRows(session: SessionInfo, store: ObservationStore, relative: boolean): Generator<string> {
  const info = filedInfo(session);
  const columns = rowColumns(relative);
  const constants = csvFields(SESSION_COLUMNS, { reading: sessionReading(info), model: info.model });
  // A recording's source is the camera, not a file.
  const file = info.kind === 'video' ? (info.reading?.source.name ?? info.name) : info.name;
  const people = PeopleAssignment.of(info.people);
  const markers = [...info.markers];
  const endMs = wholeMs(store.getSnapshot().newestMs ?? 0);
  for (const stored of filedFrames(info, store)) {
    const notes = takeUntil(markers, stored.timestampMs < endMs ? stored.timestampMs : Infinity);
    const rows = toRows(toFrameRecord(stored, people));
    yield rows.map((row, i) => `${csvFields(columns, { ...row, file, notes: i === 0 ? notes : null })},${constants}${END_OF_LINE}`).join('');
  }
}

/** Removes the markers up to a time from the list and returns their notes; null if none. */
function takeUntil(markers: Marker[], ms: number): string | null {
  const count = markers.findIndex(({ atMs }) => atMs > ms);
  const taken = markers.splice(0, count < 0 ? markers.length : count);
  return taken.length > 0 ? taken.map(({ note }) => note || BARE_MARKER).join('; ') : null;
}

function toRows(frame: SessionFrameRecord): Omit<SessionRow, 'file' | 'notes'>[] {
  const rows = [
    ...frame.faces.map((face) => ({ frame, face, skipped: null, error: null })),
    ...(frame.skipped_faces ?? []).map((skipped) => ({ frame, face: null, skipped, error: skipped.reason })),
  ];
  if (rows.length > 0) return rows;
  return [{ frame, face: null, skipped: null, error: frame.left_out ? null : 'No face detected' }];
}
