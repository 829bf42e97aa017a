import { seededRandom } from '../scripts/drawn-faces/looks';

/** The value at a share (0–1) of the way through the sorted ones. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** How many times as long something takes as something else, with its 95 % interval. */
export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** What disturbs a run lasts for several frames, so that neighbours are no independent witnesses; every order of contestants and every picture is in a block. */
const BLOCK = 24;
const RESAMPLES = 1000;

/**
 * The median of the ratios of each frame, whose two times were taken one right after the other: a machine that slows down for a while slows both.
 * The interval is a bootstrap over blocks of neighbouring frames, the same for the same times.
 */
export function ratioOf(times: readonly number[], beside: readonly number[]): Ratio {
  const ratios = times.map((ms, i) => ms / (beside[i] ?? NaN));
  const random = seededRandom(1);
  const drawn = new Float64Array(ratios.length);
  const medians = Array.from({ length: RESAMPLES }, () => {
    let from = 0;
    for (let i = 0; i < drawn.length; i++) {
      if (i % BLOCK === 0) from = Math.floor(random() * ratios.length);
      drawn[i] = ratios[(from + (i % BLOCK)) % ratios.length] ?? NaN;
    }
    return quantile(drawn, 0.5);
  });
  return { median: quantile(ratios, 0.5), low: quantile(medians, 0.025), high: quantile(medians, 0.975) };
}

export function inWords({ median, low, high }: Ratio): string {
  return `${median.toFixed(2)} × (${low.toFixed(2)}–${high.toFixed(2)})`;
}
