
/** What a paired comparison says of a second model, B, beside a first one, A. Shares, −1 to 1. */
export interface PairedDifference {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/** E.g. “B is right more often: +3.1 points, 95 % 1.2 to 5.0”. */
export function wordComparison({ difference, low, high }: PairedDifference): string {
  const interval = `95 % ${points(low)} to ${points(high)}`;
  if (low > 0) return `B is right more often: +${points(difference)} points, ${interval}`;
  if (high < 0) return `B is right less often: ${points(difference)} points, ${interval}`;
  return `No difference that these faces can show: ${difference > 0 ? '+' : ''}${points(difference)} points, ${interval}`;
}

/** A share as points of a hundred, with a minus sign that is one. */
function points(share: number): string {
  return (100 * share).toFixed(1).replace(/^-0\.0$/, '0.0').replace('-', '−');
}
