import { answerTo, labelled, type Answers } from './answers';

/** 95 % interval of a share, 0–1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Score of one class. Shares 0–1; 0 if the denominator is 0. */
export interface ClassScore {
  readonly name: string;
  /** Faces labelled with the class. */
  readonly count: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface AccuracyReport {
  /** Labelled faces. */
  readonly count: number;
  readonly correct: number;
  readonly accuracy: number;
  readonly interval: Interval;
  /** Unweighted means over the classes with at least one face. */
  readonly macroF1: number;
  readonly meanRecall: number;
  readonly perClass: readonly ClassScore[];
  /** Face counts, [true][predicted]. */
  readonly confusion: readonly (readonly number[])[];
}

/** Accuracy of the answers; the same figures as `report` in training/eval/metrics.py. */
export function reportAccuracy(answers: Answers): AccuracyReport {
  const { classes, labels } = answers;
  const confusion = classes.map(() => new Array<number>(classes.length).fill(0));
  const faces = labelled(answers);
  for (const face of faces) {
    const row = confusion[labels[face] ?? -1];
    const { predicted } = answerTo(answers, face);
    if (row) row[predicted] = (row[predicted] ?? 0) + 1;
  }
  const perClass = classes.map((name, k) => scoreOf(name, confusion, k));
  const correct = confusion.reduce((sum, row, k) => sum + (row[k] ?? 0), 0);
  const present = perClass.filter(({ count }) => count > 0);
  const meanOf = (value: (score: ClassScore) => number) => present.reduce((sum, score) => sum + value(score), 0) / Math.max(1, present.length);
  return {
    count: faces.length,
    correct,
    accuracy: ratio(correct, faces.length),
    interval: wilson(correct, faces.length),
    macroF1: meanOf(({ f1 }) => f1),
    meanRecall: meanOf(({ recall }) => recall),
    perClass,
    confusion,
  };
}

function scoreOf(name: string, confusion: readonly (readonly number[])[], k: number): ClassScore {
  const hit = confusion[k]?.[k] ?? 0;
  const count = (confusion[k] ?? []).reduce((sum, faces) => sum + faces, 0);
  const predicted = confusion.reduce((sum, row) => sum + (row[k] ?? 0), 0);
  const [precision, recall] = [ratio(hit, predicted), ratio(hit, count)];
  return { name, count, precision, recall, f1: ratio(2 * precision * recall, precision + recall) };
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.96;

/** 95 % score interval of a share (Wilson, JASA 1927); 0 to 1 without faces. */
export function wilson(correct: number, count: number): Interval {
  if (count === 0) return { low: 0, high: 1 };
  const share = correct / count;
  const scale = 1 + Z ** 2 / count;
  const centre = (share + Z ** 2 / (2 * count)) / scale;
  const half = (Z * Math.sqrt((share * (1 - share)) / count + Z ** 2 / (4 * count ** 2))) / scale;
  return { low: centre - half, high: centre + half };
}
