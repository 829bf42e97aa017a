import type { Interval } from '../../lab/metrics/accuracy';
import type { Comparison } from '../../lab/metrics/comparison';
import type { CoveragePoint } from '../../lab/metrics/calibration';
import { UNCERTAIN_BELOW } from '../../engine/face-quality';
import { classWord } from '../../words/class-word';
import { formatCount, formatNumber, formatPercent } from '../../words/format';
import { wordDataName } from './data-words';
import type { EvaluationResult } from './evaluation';
import { t } from '../../words/i18n';

/** Formats a share with its 95 % interval: `63.8% (62.2–65.3)`. */
export function shareWithInterval(share: number, { low, high }: Interval): string {
  return `${formatPercent(share, 1)} (${formatNumber(100 * low, { decimals: 1 })}–${formatNumber(100 * high, { decimals: 1 })})`;
}

/**
 * States which of two models is more accurate, and how certain that is.
 *
 * @param people number of people in the faces; null if some are unknown.
 */
export function compareInWords({ difference, interval, mcnemar, groups, count, onlyFirst, onlySecond }: Comparison, first: string, second: string, people: number | null): string {
  const [better, worse, gain, low, high] =
    difference >= 0 ? [second, first, difference, interval.low, interval.high] : [first, second, -difference, -interval.high, -interval.low];
  const points = (value: number) => formatNumber(100 * value, { decimals: 1 });
  const range = t('95% {low} to {high}', { low: points(low), high: points(high) });
  const faces =
    people !== null
      ? t('on {faces, plural, one {# face} other {# faces}} of {people, plural, one {# person} other {# people}}', { faces: count, people })
      : groups < count
        ? t('on {faces, plural, one {# face} other {# faces}} that count as {groups}, since those of one person, or near-duplicates of unknown people, count as one', { faces: count, groups: formatCount(groups) })
        : t('on {faces, plural, one {# face} other {# faces}}', { faces: count });
  const basis = t('{faces}; {second} alone is right on {onlySecond}, {first} alone on {onlyFirst}; McNemar p {p}', { faces, second, onlySecond: formatCount(onlySecond), first, onlyFirst: formatCount(onlyFirst), p: wordP(mcnemar) });
  if (low > 0) return t('{better} is more accurate than {worse}: +{points} points ({range}), {basis}.', { better, worse, points: points(gain), range, basis });
  return t('No difference can be told: {better} is {points} points ahead, but {range}, {basis}.', { better, points: points(gain), range, basis });
}

function wordP(p: number): string {
  return p < 0.001 ? `< ${formatNumber(0.001, { decimals: 3 })}` : `= ${formatNumber(p, { decimals: 3 })}`;
}

/** States the cost and benefit of excluding uncertain faces; null if all or none would be excluded. */
export function uncertainInWords(coverage: readonly CoveragePoint[]): string | null {
  const point = coverage.findLast(({ threshold }) => threshold >= UNCERTAIN_BELOW);
  if (!point || point.coverage === 1) return null;
  return t('By Mien’s rule, {left} of the faces are uncertain (no class reaches {least}). It names {named}, with an accuracy of {accuracy}.', {
    left: formatPercent(1 - point.coverage, 1),
    least: formatPercent(UNCERTAIN_BELOW, 0),
    named: formatPercent(point.coverage, 1),
    accuracy: formatPercent(point.accuracy, 1),
  });
}

/** Describes the evaluated faces and the excluded ones. */
export function basisInWords({ data, faces, unknown, workers, durationMs }: EvaluationResult): string {
  const none = data.faces.length - faces.length - [...unknown.values()].reduce((sum, count) => sum + count, 0);
  const parts = [
    t('{faces, plural, one {# face} other {# faces}} of {name}, judged in {seconds} s by {workers, plural, one {one worker} other {# workers}}', {
      faces: faces.length,
      name: wordDataName(data.name),
      seconds: formatNumber(durationMs / 1000, { decimals: 1 }),
      workers,
    }),
  ];
  for (const [category, count] of unknown) parts.push(t('{count, plural, other {# of “{category}” left out}}, which a model does not know', { count, category: classWord(category) }));
  if (none > 0) parts.push(t('{count, plural, other {# without a class left out}}', { count: none }));
  if (data.leftOut.length > 0) parts.push(t('{count, plural, one {# picture} other {# pictures}} gave no face', { count: data.leftOut.length }));
  return `${parts.join('; ')}.`;
}
