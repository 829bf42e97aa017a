import { EXPRESSIONS } from '../engine/labels';
import type { ModelIdentity } from '../engine/types';
import type { CsvColumn } from './csv';
import type { FaceRecord, ProbabilitiesRecord, SkippedFaceRecord } from './face-record';

/** At most one of the two is set. */
interface FaceRow {
  readonly face: FaceRecord | null;
  /** A face that was detected but not classified. */
  readonly skipped: SkippedFaceRecord | null;
}

/** Columns of one classified face. A skipped face fills only its score and box. */
export const FACE_COLUMNS: readonly CsvColumn<FaceRow>[] = [
  { name: 'emotion', value: ({ face }) => face?.emotion ?? null },
  { name: 'confidence', value: ({ face }) => face?.confidence ?? null },
  { name: 'label_held', value: ({ face }) => face?.label_held ?? null },
  { name: 'uncertain', value: ({ face }) => face?.uncertain ?? null },
  { name: 'uncertain_reasons', value: ({ face }) => face?.uncertain_reasons.join('; ') ?? null },
  { name: 'face_score', value: ({ face, skipped }) => (face ?? skipped)?.face_score ?? null },
  ...['x', 'y', 'width', 'height'].map((side, i): CsvColumn<FaceRow> => {
    return { name: `box_${side}`, value: ({ face, skipped }) => (face ?? skipped)?.box[i] ?? null };
  }),
  ...probabilityColumns<FaceRow>('probabilities', ({ face }) => face?.probabilities ?? null),
  ...(['yaw', 'pitch', 'roll'] as const).map((angle): CsvColumn<FaceRow> => {
    return { name: `head_pose_${angle}`, value: ({ face }) => face?.head_pose[angle] ?? null };
  }),
];

/** One column per expression. */
export function probabilityColumns<Row>(prefix: string, probabilities: (row: Row) => ProbabilitiesRecord | null): CsvColumn<Row>[] {
  return EXPRESSIONS.map((e) => ({ name: `${prefix}_${e}`, value: (row) => probabilities(row)?.[e] ?? null }));
}

export interface ModelRow {
  readonly model: ModelIdentity;
}

export const MODEL_COLUMNS: readonly CsvColumn<ModelRow>[] = [
  { name: 'model_id', value: ({ model }) => model.id },
  { name: 'model_version', value: ({ model }) => model.version },
  { name: 'model_sha256', value: ({ model }) => model.sha256 },
];
