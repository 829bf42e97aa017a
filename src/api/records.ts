import { isUncertain } from '../engine/face-quality';
import { dominant, type Expression, type Probabilities } from '../engine/labels';
import { round, toProbabilitiesRecord, type ProbabilitiesRecord } from '../export/face-record';

/** Classification of a face that the caller cropped. */
export interface CropRecord {
  readonly emotion: Expression;
  /** Probability of `emotion`, 0–1, to four digits. */
  readonly confidence: number;
  readonly probabilities: ProbabilitiesRecord;
  /** Whether no expression stands out. */
  readonly uncertain: boolean;
}

export function toCropRecord(probabilities: Probabilities): CropRecord {
  const { label, confidence } = dominant(probabilities);
  return {
    emotion: label,
    confidence: round(confidence, 4),
    probabilities: toProbabilitiesRecord(probabilities),
    uncertain: isUncertain(confidence, []),
  };
}
