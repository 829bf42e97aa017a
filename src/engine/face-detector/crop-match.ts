import { CROP_SIZE } from '../crop-arithmetic';

/** Crops are compared at half their size. */
const SIZE = CROP_SIZE / 2;
/** Largest shift to try, pixels of the halved crop. */
const REACH = 3;
/** Contrast (mean distance from the mean, 0–1) below which there is nothing to compare. */
const LEAST_CONTRAST = 0.02;

/** Difference between a face's crop and an earlier one of the same region. */
export interface CropMatch {
  /** Shift of the content as shares of the crop's side, to the right and down. */
  readonly right: number;
  readonly down: number;
  /** Remaining mean difference of both crops, blurred, after shifting back, as a share of the earlier crop's contrast; 0: none. */
  readonly change: number;
  /** The shift is the largest one tried, so the content may have moved farther. */
  readonly isFar: boolean;
}

/** Halves a crop and subtracts its mean, which light alone may change. */
export function halved(luminance: Float32Array): Float32Array {
  const small = new Float32Array(SIZE * SIZE);
  let sum = 0;
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const i = 2 * y * CROP_SIZE + 2 * x;
      const mean = ((luminance[i] ?? 0) + (luminance[i + 1] ?? 0) + (luminance[i + CROP_SIZE] ?? 0) + (luminance[i + CROP_SIZE + 1] ?? 0)) / 4;
      small[y * SIZE + x] = mean;
      sum += mean;
    }
  }
  const mean = sum / small.length;
  for (let i = 0; i < small.length; i++) small[i] = (small[i] ?? 0) - mean;
  return small;
}

/** Block matching of two halved crops. */
export function matchCrops(before: Float32Array, now: Float32Array): CropMatch {
  let contrast = 0;
  for (const value of before) contrast += Math.abs(value);
  contrast = Math.max(LEAST_CONTRAST, contrast / before.length);
  const across = 2 * REACH + 1;
  const costs = new Float64Array(across * across);
  let best = REACH * across + REACH;
  costs.fill(Infinity);
  costs[best] = difference(before, now, 0, 0);
  if ((costs[best] ?? 0) === 0) return { right: 0, down: 0, change: 0, isFar: false };
  for (let dy = -REACH; dy <= REACH; dy++) {
    for (let dx = -REACH; dx <= REACH; dx++) {
      const at = (dy + REACH) * across + dx + REACH;
      costs[at] = difference(before, now, dx, dy);
      if ((costs[at] ?? Infinity) < (costs[best] ?? Infinity)) best = at;
    }
  }
  const dx = (best % across) - REACH;
  const dy = Math.floor(best / across) - REACH;
  const isFar = Math.max(Math.abs(dx), Math.abs(dy)) === REACH;
  const cost = costs[best] ?? Infinity;
  if (isFar) return { right: dx / SIZE, down: dy / SIZE, change: Math.sqrt(cost) / contrast, isFar };
  const x = dx + vertex(costs[best - 1], cost, costs[best + 1]);
  const y = dy + vertex(costs[best - across], cost, costs[best + across]);
  return { right: x / SIZE, down: y / SIZE, change: Math.sqrt(blurredDifference(before, now, x, y)) / contrast, isFar };
}

/**
 * Mean square difference of the inner parts, blurred, when the second crop is read `dx`, `dy` farther on, between its pixels too. In
 * whole pixels and without a blur, thin lines such as the rims of glasses differ after half a pixel as much as another expression.
 */
function blurredDifference(before: Float32Array, now: Float32Array, dx: number, dy: number): number {
  const from = blurred(before);
  const to = blurred(now);
  const [left, top] = [Math.floor(dx), Math.floor(dy)];
  const [right, down] = [dx - left, dy - top];
  let sum = 0;
  for (let y = REACH; y < SIZE - REACH; y++) {
    for (let x = REACH; x < SIZE - REACH; x++) {
      const at = (y + top) * SIZE + x + left;
      const upper = (to[at] ?? 0) * (1 - right) + (to[at + 1] ?? 0) * right;
      const lower = (to[at + SIZE] ?? 0) * (1 - right) + (to[at + SIZE + 1] ?? 0) * right;
      const difference = upper * (1 - down) + lower * down - (from[y * SIZE + x] ?? 0);
      sum += difference * difference;
    }
  }
  return sum / (SIZE - 2 * REACH) ** 2;
}

/** Weights 1, 2, 1 across and down. */
function blurred(values: Float32Array): Float32Array {
  const along = (all: Float32Array, step: number, place: (i: number) => number) =>
    all.map((value, i) => {
      const before = place(i) > 0 ? (all[i - step] ?? value) : value;
      const after = place(i) < SIZE - 1 ? (all[i + step] ?? value) : value;
      return (before + 2 * value + after) / 4;
    });
  return along(along(values, 1, (i) => i % SIZE), SIZE, (i) => Math.floor(i / SIZE));
}

/** Mean square difference of the inner parts when the second crop is read `dx`, `dy` farther on. */
function difference(before: Float32Array, now: Float32Array, dx: number, dy: number): number {
  let sum = 0;
  for (let y = REACH; y < SIZE - REACH; y++) {
    const row = y * SIZE;
    const other = (y + dy) * SIZE + dx;
    for (let x = REACH; x < SIZE - REACH; x++) {
      const difference = (now[other + x] ?? 0) - (before[row + x] ?? 0);
      sum += difference * difference;
    }
  }
  return sum / (SIZE - 2 * REACH) ** 2;
}

/** Position between −0.5 and 0.5 of the minimum of a parabola through three equidistant values. */
function vertex(left = Infinity, middle: number, right = Infinity): number {
  const bend = left + right - 2 * middle;
  return Number.isFinite(bend) && bend > 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend))) : 0;
}
