import { seededRandom } from '../scripts/drawn-faces/looks';

/** @param share position in the sorted values, 0–1. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Ratio of two times, with its 95 % interval. */
export interface Ratio {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Disturbances last several frames, so neighbouring frames are not independent. A block contains every order of contestants and every picture. */
const BLOCK = 24;
const RESAMPLES = 1000;

/**
 * Median of the per-frame ratios. The two times of a frame were taken in direct succession, so that a temporary slowdown affects both.
 * The interval is a bootstrap over blocks of neighbouring frames, deterministic for the same times.
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
