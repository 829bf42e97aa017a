import { expect, it } from 'vitest';
import { applyHead, fitHead } from './softmax-regression';

/** Thirty examples of three unbalanced classes; PyTorch's LBFGS finds the weights below for the same objective. */
const [count, width] = [30, 4];
const features = Float32Array.from({ length: count * width }, (_, at) => {
  const [i, j] = [Math.floor(at / width), at % width];
  return ((i * 7 + j * 13) % 17) / 8 - 1 + (i % 3 === j ? 0.8 : 0);
});
const labels = Array.from({ length: count }, (_, i) => (i % 5 ? i % 3 : 0));
const KERNEL = [0.2712708, 0.0024794, -0.2737502, -0.26317, 1.3452714, -1.0821014, 0.1336061, -0.3640777, 0.2304715, 0.0152761, 1.0476896, -1.0629657];
const SHARES: Readonly<Record<number, readonly number[]>> = { 0: [0.3256508, 0.3170604, 0.3572888], 2: [0.3825086, 0.0867326, 0.5307588], 7: [0.3286396, 0.5078764, 0.163484] };

it('minimizes its objective, like PyTorch', async () => {
  const head = await fitHead({ features, width, labels, classes: 3 });
  Array.from(head.kernel).forEach((weight, i) => expect(weight).toBeCloseTo(KERNEL[i] ?? NaN, 3));
  const shares = applyHead(head, features, width);
  for (const [face, expected] of Object.entries(SHARES)) {
    expected.forEach((share, k) => expect(shares[Number(face) * 3 + k]).toBeCloseTo(share, 3));
  }
});

it('learns from five faces per class with wide features, and is deterministic', async () => {
  const wide = Float32Array.from({ length: 15 * 256 }, (_, at) => Math.sin(at * 12.9898) + (at % 256 < 20 && (at % 256) % 3 === Math.floor(at / 256) % 3 ? 2 : 0));
  const own = { features: wide, width: 256, labels: Array.from({ length: 15 }, (_, i) => i % 3), classes: 3 };
  const head = await fitHead(own);
  const shares = applyHead(head, wide, 256);
  own.labels.forEach((label, face) => expect(shares[face * 3 + label]).toBe(Math.max(...shares.subarray(face * 3, face * 3 + 3))));
  expect(await fitHead(own)).toEqual(head);
});

it('handles a constant feature and an empty class', async () => {
  const head = await fitHead({ features: Float32Array.of(1, 0, 1, 1, 1, 0, 1, 1), width: 2, labels: [0, 1, 0, 1], classes: 3 });
  expect([...head.kernel, ...head.bias].every(Number.isFinite)).toBe(true);
});
