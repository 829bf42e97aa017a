import { EXPRESSIONS } from '../engine/labels';
import { toCsv, type CsvValue } from './csv';
import type { PhotoRecord } from './photo-record';

const HEADER: readonly string[] = [
  'file',
  'width',
  'height',
  'face',
  'emotion',
  'confidence',
  'uncertain',
  'uncertain_reasons',
  ...['x', 'y', 'width', 'height'].map((side) => `box_${side}`),
  ...EXPRESSIONS.map((e) => `probabilities_${e}`),
  ...['yaw', 'pitch', 'roll'].map((angle) => `head_pose_${angle}`),
  'error',
  'model_id',
  'model_version',
  'model_sha256',
];

/** One row per face, skipped ones with their reason as error; a picture without any has one row. */
export function photosToCsv(records: readonly PhotoRecord[]): string {
  return toCsv(HEADER, records.flatMap(toRows));
}

function toRows(record: PhotoRecord): CsvValue[][] {
  const picture = [record.file, record.width, record.height];
  const model = [record.model.id, record.model.version, record.model.sha256];
  const rows: CsvValue[][] = record.faces.map((face, i) => [
    ...picture,
    i + 1,
    face.emotion,
    face.confidence,
    face.uncertain,
    face.uncertain_reasons.join('; '),
    ...face.box,
    ...EXPRESSIONS.map((e) => face.probabilities[e]),
    face.head_pose.yaw,
    face.head_pose.pitch,
    face.head_pose.roll,
    undefined,
    ...model,
  ]);
  for (const face of record.skipped_faces ?? []) {
    rows.push([...picture, rows.length + 1, ...empty(4), ...face.box, ...empty(10), face.reason, ...model]);
  }
  return rows.length > 0 ? rows : [[...picture, ...empty(19), record.error, ...model]];
}

function empty(count: number): CsvValue[] {
  return Array.from({ length: count }, () => undefined);
}
