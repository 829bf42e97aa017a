import type { Interval } from '../../lab/metrics/accuracy';
import type { Comparison } from '../../lab/metrics/comparison';
import type { CoveragePoint } from '../../lab/metrics/calibration';
import { UNCERTAIN_BELOW } from '../../engine/face-quality';
import { formatCount, formatPercent } from '../../words/format';
import type { EvaluationResult } from './evaluation';

/** `63.8% (62.2–65.3)`: a share with its 95 % interval. */
export function shareWithInterval(share: number, { low, high }: Interval): string {
  return `${formatPercent(share, 1)} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`;
}

/** Which of two models is right more often, and how sure that is. */
export function compareInWords({ difference, interval, mcnemar, persons, count, onlyFirst, onlySecond }: Comparison, first: string, second: string): string {
  const [better, worse, gain, low, high] =
    difference >= 0 ? [second, first, difference, interval.low, interval.high] : [first, second, -difference, -interval.high, -interval.low];
  const points = (value: number) => `${value < 0 ? '−' : ''}${Math.abs(100 * value).toFixed(1)}`;
  const range = `95% ${points(low)} to ${points(high)}`;
  const people = persons < count ? ` of ${formatCount(persons)} people` : '';
  const basis = `on ${formatCount(count)} faces${people}; ${second} alone is right on ${formatCount(onlySecond)}, ${first} alone on ${formatCount(onlyFirst)}; McNemar p ${wordP(mcnemar)}`;
  if (low > 0) return `${better} is right more often than ${worse}: +${points(gain)} points (${range}), ${basis}.`;
  return `No difference can be told: ${better} is ${points(gain)} points ahead, but ${range}, ${basis}.`;
}

function wordP(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`;
}

/** What leaving out faces as uncertain costs and brings; null where all or none would be left out. */
export function uncertainInWords(coverage: readonly CoveragePoint[]): string | null {
  const point = coverage.findLast(({ threshold }) => threshold >= UNCERTAIN_BELOW);
  if (!point || point.coverage === 1) return null;
  const [named, left, right] = [point.coverage, 1 - point.coverage, point.accuracy].map((share) => formatPercent(share, 1));
  return `By Mien’s rule, ${left} of the faces are uncertain (less than ${formatPercent(UNCERTAIN_BELOW, 0)} for any class). It names ${named}, and is right on ${right} of those.`;
}

/** What was judged, and what was not. */
export function basisInWords({ data, faces, unknown, workers, durationMs }: EvaluationResult): string {
  const none = data.faces.length - faces.length - [...unknown.values()].reduce((sum, count) => sum + count, 0);
  const parts = [`${formatCount(faces.length)} faces of ${data.name}, judged in ${(durationMs / 1000).toFixed(1)} s by ${workers === 1 ? 'one worker' : `${workers} workers`}`];
  for (const [category, count] of unknown) parts.push(`${formatCount(count)} of “${category}” left out, which a model does not know`);
  if (none > 0) parts.push(`${formatCount(none)} without a class left out`);
  if (data.leftOut.length > 0) parts.push(`${formatCount(data.leftOut.length)} pictures gave no face`);
  return `${parts.join('; ')}.`;
}
