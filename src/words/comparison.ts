import { formatNumber } from './format';
import { t } from './i18n';

/** Paired comparison of a model B with a model A. Shares, −1 to 1. */
export interface PairedDifference {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/** E.g. “B is more accurate: +3.1 points, 95 % 1.2 to 5.0”. */
export function wordComparison({ difference, low, high }: PairedDifference): string {
  const interval = t('95% {low} to {high}', { low: points(low), high: points(high) });
  if (low > 0) return t('B is more accurate: {points} points, {interval}', { points: signed(difference), interval });
  if (high < 0) return t('B is less accurate: {points} points, {interval}', { points: points(difference), interval });
  return t('No difference that these faces can show: {points} points, {interval}', { points: signed(difference), interval });
}

/** A share in percentage points, with a typographic minus sign. */
function points(share: number): string {
  return formatNumber(100 * share, { decimals: 1 });
}

function signed(share: number): string {
  return formatNumber(100 * share, { decimals: 1, signed: true });
}
