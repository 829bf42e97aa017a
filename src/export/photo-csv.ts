import { BYTE_ORDER_MARK, toCsv, toFields, type CsvColumn, type CsvOptions } from './csv';
import { FACE_COLUMNS, MODEL_COLUMNS } from './face-columns';
import type { FaceRecord, SkippedFaceRecord } from './face-record';
import type { PhotoRecord } from './photo-record';
import { READING_COLUMNS } from './reading-record';

/** One face of a picture, or a picture without faces. */
export interface PhotoRow extends Pick<PhotoRecord, 'reading' | 'model'> {
  readonly record: PhotoRecord;
  /** Starts at 1; null if the picture has no face. */
  readonly number: number | null;
  readonly face: FaceRecord | null;
  readonly skipped: SkippedFaceRecord | null;
  readonly error: string | null;
}

export const PHOTO_COLUMNS: readonly CsvColumn<PhotoRow>[] = [
  { name: 'file', value: ({ record }) => record.file },
  { name: 'width', value: ({ record }) => record.width ?? null },
  { name: 'height', value: ({ record }) => record.height ?? null },
  { name: 'face', value: ({ number }) => number },
  ...FACE_COLUMNS,
  { name: 'error', value: ({ error }) => error },
  ...READING_COLUMNS,
  ...MODEL_COLUMNS,
];

/** Writes one row per face, or one for a picture without faces. Skipped faces have their reason as `error`. */
export function photosToCsv(records: readonly PhotoRecord[], { byteOrderMark = false }: Partial<CsvOptions> = {}): string {
  return (byteOrderMark ? BYTE_ORDER_MARK : '') + toCsv(PHOTO_COLUMNS, records.flatMap(toRows));
}

/** The rows of `photosToCsv` as fields, with numbers written by `wordNumber`. */
export function photosToFields(records: readonly PhotoRecord[], wordNumber: (value: number) => string): string[][] {
  return toFields(PHOTO_COLUMNS, records.flatMap(toRows), wordNumber);
}

function toRows(record: PhotoRecord): PhotoRow[] {
  const { faces, skipped_faces = [], reading, model } = record;
  const found = [
    ...faces.map((face) => ({ face, skipped: null, error: null })),
    ...skipped_faces.map((skipped) => ({ face: null, skipped, error: skipped.reason })),
  ];
  const rows = found.map((each, i) => ({ record, reading, model, number: i + 1, ...each }));
  return rows.length > 0 ? rows : [{ record, reading, model, number: null, face: null, skipped: null, error: record.error ?? null }];
}
