import { answerTo, labelled, type Answers } from './answers';

export const CALIBRATION_BINS = 15;

/** Faces whose confidence is within one of the equal bins of 0–1. */
export interface CalibrationBin {
  readonly count: number;
  /** Mean confidence and accuracy, 0–1; 0 for an empty bin. */
  readonly confidence: number;
  readonly accuracy: number;
}

export interface CalibrationReport {
  readonly count: number;
  /** Expected calibration error: mean gap between confidence and accuracy, weighted by faces (Guo et al., ICML 2017), 0–1. */
  readonly ece: number;
  /** Mean negative log-likelihood of the label (natural logarithm, probabilities clamped to 1e-12). */
  readonly nll: number;
  /** Mean squared distance between the probabilities and the one-hot label, 0–2 (Brier 1950). */
  readonly brier: number;
  readonly bins: readonly CalibrationBin[];
}

const LEAST_PROBABILITY = 1e-12;

/** Calibration of the probabilities; the same figures as `calibration` in training/eval/metrics.py. */
export function reportCalibration(answers: Answers): CalibrationReport {
  const sums = Array.from({ length: CALIBRATION_BINS }, () => ({ count: 0, confidence: 0, right: 0 }));
  const faces = labelled(answers);
  const k = answers.classes.length;
  let nll = 0;
  let brier = 0;
  for (const face of faces) {
    const label = answers.labels[face] ?? -1;
    const { predicted, confidence } = answerTo(answers, face);
    const bin = sums[Math.min(CALIBRATION_BINS - 1, Math.max(0, Math.ceil(confidence * CALIBRATION_BINS) - 1))];
    if (bin) {
      bin.count++;
      bin.confidence += confidence;
      bin.right += predicted === label ? 1 : 0;
    }
    nll -= Math.log(Math.max(LEAST_PROBABILITY, answers.probabilities[face * k + label] ?? NaN));
    for (let c = 0; c < k; c++) brier += ((answers.probabilities[face * k + c] ?? NaN) - (c === label ? 1 : 0)) ** 2;
  }
  const count = faces.length;
  return {
    count,
    ece: sums.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, count),
    nll: nll / Math.max(1, count),
    brier: brier / Math.max(1, count),
    bins: sums.map((bin) => ({
      count: bin.count,
      confidence: bin.confidence / Math.max(1, bin.count),
      accuracy: bin.right / Math.max(1, bin.count),
    })),
  };
}

/** Accuracy of the answers with at least a given confidence. */
export interface CoveragePoint {
  /** Least confidence of an accepted answer, 0–1. */
  readonly threshold: number;
  /** Share of faces with an accepted answer, 0–1. */
  readonly coverage: number;
  readonly accuracy: number;
}

/** Coverage against accuracy: one point per distinct confidence, highest first. */
export function coverageCurve(answers: Answers): CoveragePoint[] {
  const faces = labelled(answers)
    .map((face) => ({ ...answerTo(answers, face), label: answers.labels[face] }))
    .sort((a, b) => b.confidence - a.confidence);
  const points: CoveragePoint[] = [];
  let right = 0;
  faces.forEach(({ predicted, confidence, label }, i) => {
    if (predicted === label) right++;
    if (faces[i + 1]?.confidence === confidence) return;
    points.push({ threshold: confidence, coverage: (i + 1) / faces.length, accuracy: right / (i + 1) });
  });
  return points;
}
