import { EXPRESSIONS, toProbabilities, type Expression, type Probabilities } from '../engine/labels';
import type { StoredFace } from './observation-store';

/** How one face looked over a stretch of time. */
export interface ExpressionSummary {
  /** Observations that it rests on; with 0, every number is 0 and `dominant` is null. */
  readonly observations: number;
  /** Share (0–1) of the observations that carried each label; uncertain ones are left out of it. */
  readonly share: Probabilities;
  /** Share (0–1) of the observations that were uncertain. */
  readonly uncertainShare: number;
  /** Mean smoothed probability, 0–1. */
  readonly mean: Probabilities;
  /** The label that was shown most often; null when none was certain. */
  readonly dominant: Expression | null;
  /** How often the label changed from one certain observation to the next. */
  readonly switches: number;
}

/** Sums up the observations of one track, given in order of time. */
export function summarise(faces: Iterable<StoredFace>): ExpressionSummary {
  const sums = new Float64Array(EXPRESSIONS.length);
  const counts = new Float64Array(EXPRESSIONS.length);
  let observations = 0;
  let uncertain = 0;
  let switches = 0;
  let before: Expression | null = null;
  for (const face of faces) {
    observations++;
    face.smoothed.forEach((value, i) => (sums[i] = (sums[i] ?? 0) + value));
    if (face.uncertain) {
      uncertain++;
      continue;
    }
    const index = EXPRESSIONS.indexOf(face.label);
    counts[index] = (counts[index] ?? 0) + 1;
    if (before !== null && before !== face.label) switches++;
    before = face.label;
  }
  const n = Math.max(1, observations);
  const most = Math.max(...counts);
  return {
    observations,
    share: toProbabilities(counts.map((count) => count / n)),
    uncertainShare: uncertain / n,
    mean: toProbabilities(sums.map((sum) => sum / n)),
    dominant: most > 0 ? (EXPRESSIONS[counts.indexOf(most)] ?? null) : null,
    switches,
  };
}
