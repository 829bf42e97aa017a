import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXPRESSIONS } from '../../engine/labels';
import { reportAccuracy, wilson } from './accuracy';
import type { Answers } from './answers';
import { coverageCurve, reportCalibration } from './calibration';
import { compare, mcnemarExact } from './comparison';
import { listedSubgroups, reportSubgroups } from './subgroups';

/** Answers of two models for 400 faces of 80 people, with results from scikit-learn and SciPy; training/ tests the same. */
const GOLDEN = new URL('../../../training/tests/', import.meta.url);
const [, ...rows] = readFileSync(new URL('golden-answers.csv', GOLDEN), 'utf8').trim().split('\n').map((line) => line.split(','));
const labels = rows.map(([label]) => Number(label));
const persons = rows.map(([, person = '']) => person);
const groups = rows.map(([, , group = '']) => group);
const answersOf = (from: number): Answers => ({ classes: EXPRESSIONS, labels, probabilities: rows.flatMap((row) => row.slice(from, from + 7).map(Number)) });
const models = { a: answersOf(3), b: answersOf(10) };

interface ModelScores {
  readonly count: number;
  readonly correct: number;
  readonly accuracy: number;
  readonly interval: readonly [number, number];
  readonly macro_f1: number;
  readonly mean_recall: number;
  readonly precision: readonly number[];
  readonly recall: readonly number[];
  readonly f1: readonly number[];
  readonly support: readonly number[];
  readonly confusion: readonly (readonly number[])[];
  readonly ece: number;
  readonly bins: readonly number[];
  readonly nll: number;
  readonly brier: number;
  readonly coverage: Readonly<Record<string, readonly [number, number]>>;
  readonly groups: Readonly<Record<string, readonly [number, number]>>;
}

const golden = JSON.parse(readFileSync(new URL('golden-metrics.json', GOLDEN), 'utf8')) as Readonly<Record<'a' | 'b', ModelScores>> & {
  readonly comparison: { only_first: number; only_second: number; difference: number; mcnemar: number; interval: readonly [number, number] };
  readonly mcnemar: Readonly<Record<string, number>>;
};

describe.each(['a', 'b'] as const)('model %s, against scikit-learn', (name) => {
  const [answers, expected] = [models[name], golden[name]];

  it('has the same accuracy, interval and confusion matrix', () => {
    const report = reportAccuracy(answers);
    expect([report.count, report.correct]).toEqual([expected.count, expected.correct]);
    expect(report.accuracy).toBeCloseTo(expected.accuracy, 10);
    // SciPy uses 1.95996, not 1.96.
    expect(report.interval.low).toBeCloseTo(expected.interval[0], 5);
    expect(report.interval.high).toBeCloseTo(expected.interval[1], 5);
    expect(report.macroF1).toBeCloseTo(expected.macro_f1, 10);
    expect(report.meanRecall).toBeCloseTo(expected.mean_recall, 10);
    expect(report.confusion).toEqual(expected.confusion);
    report.perClass.forEach(({ precision, recall, f1, count }, k) => {
      expect([precision, recall, f1].map((value) => value.toFixed(10))).toEqual([expected.precision[k], expected.recall[k], expected.f1[k]].map((value) => value?.toFixed(10)));
      expect(count).toBe(expected.support[k]);
    });
  });

  it('has the same calibration', () => {
    const report = reportCalibration(answers);
    expect(report.bins.map(({ count }) => count)).toEqual(expected.bins);
    expect(report.ece).toBeCloseTo(expected.ece, 10);
    expect(report.brier).toBeCloseTo(expected.brier, 10);
    // Five-digit probabilities do not quite sum to 1; scikit-learn normalizes them.
    expect(report.nll).toBeCloseTo(expected.nll, 4);
  });

  it('has the same coverage at each threshold', () => {
    const curve = coverageCurve(answers);
    for (const [threshold, [coverage, accuracy]] of Object.entries(expected.coverage)) {
      const point = curve.findLast((each) => each.threshold >= Number(threshold));
      expect(point?.coverage).toBeCloseTo(coverage, 10);
      expect(point?.accuracy).toBeCloseTo(accuracy, 10);
    }
    expect(curve.at(-1)).toMatchObject({ coverage: 1 });
  });

  it('reports no accuracy for subgroups of fewer than 30', () => {
    const report = reportSubgroups(answers, groups);
    for (const { value, count, correct, accuracy, interval } of report) {
      expect([count, correct]).toEqual(expected.groups[value]);
      expect(accuracy).toEqual(count < 30 ? null : correct / count);
      expect(interval).toEqual(count < 30 ? null : wilson(correct, count));
    }
    expect(report.map(({ value }) => value)).toEqual(['a', 'b', 'c']);
    expect(report[2]?.accuracy).toBeNull();
    expect(reportSubgroups(answers, groups, ['c', 'a', 'b']).map(({ value }) => value)).toEqual(['c', 'a', 'b']);
  });
});

it('lists every subgroup with an accuracy, and the first of the others', () => {
  // 20 people with 30 faces each, then 20 with 10.
  const column = Array.from({ length: 800 }, (_, i) => (i < 600 ? `p${i % 20}` : `q${i % 20}`));
  const listed = listedSubgroups(reportSubgroups({ classes: ['sad', 'happy'], labels: column.map(() => 0), probabilities: column.flatMap(() => [1, 0]) }, column));
  expect(listed.map(({ count }) => count)).toEqual(Array.from({ length: 20 }, () => 30));
  expect(listedSubgroups(reportSubgroups({ classes: ['sad', 'happy'], labels: column.map(() => 0), probabilities: column.flatMap(() => [1, 0]) }, column.map((value) => (value.startsWith('p') ? '' : value))))).toHaveLength(12);
});

const NEVER = new AbortController().signal;

describe('two models', () => {
  it('compare as in NumPy and SciPy', async () => {
    const comparison = await compare(models.a, models.b, persons, NEVER);
    const { only_first, only_second, difference, mcnemar, interval } = golden.comparison;
    expect([comparison.onlyFirst, comparison.onlySecond, comparison.groups]).toEqual([only_first, only_second, 80]);
    expect(comparison.difference).toBeCloseTo(difference, 10);
    expect(comparison.mcnemar).toBeCloseTo(mcnemar, 10);
    // Both intervals are random.
    expect(Math.abs(comparison.interval.low - interval[0])).toBeLessThan(0.006);
    expect(Math.abs(comparison.interval.high - interval[1])).toBeLessThan(0.006);
  });

  it('compare deterministically, and reject different faces', async () => {
    expect(await compare(models.a, models.b, persons, NEVER)).toEqual(await compare(models.a, models.b, persons, NEVER));
    await expect(compare(models.a, { ...models.b, labels: labels.slice(1) }, persons, NEVER)).rejects.toThrow(RangeError);
  });

  it.each(Object.entries(golden.mcnemar))("McNemar's test of %s", (pair, p) => {
    const [onlyFirst = 0, onlySecond = 0] = pair.split(',').map(Number);
    expect(mcnemarExact(onlyFirst, onlySecond)).toBeCloseTo(p, 9);
  });
});

it('handles an empty data set', async () => {
  const none: Answers = { classes: EXPRESSIONS, labels: [-1], probabilities: [1, 0, 0, 0, 0, 0, 0] };
  expect(reportAccuracy(none)).toMatchObject({ count: 0, accuracy: 0, interval: { low: 0, high: 1 }, macroF1: 0 });
  expect(reportCalibration(none)).toMatchObject({ count: 0, ece: 0 });
  expect(coverageCurve(none)).toEqual([]);
  expect(await compare(none, none, ['x'], NEVER)).toMatchObject({ count: 0, difference: 0, mcnemar: 1, interval: { low: -1, high: 1 } });
});
