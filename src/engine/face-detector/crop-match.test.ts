import { describe, expect, it } from 'vitest';
import { CROP_SIZE } from '../crop-arithmetic';
import { halved, matchCrops } from './crop-match';

/** Smooth pattern of several wavelengths, shifted by some pixels, with an offset in brightness. */
function pattern(right = 0, down = 0, light = 0): Float32Array {
  return Float32Array.from({ length: CROP_SIZE * CROP_SIZE }, (_, i) => {
    const x = (i % CROP_SIZE) - right;
    const y = Math.floor(i / CROP_SIZE) - down;
    return 0.5 + light + 0.15 * Math.sin(x / 4) + 0.15 * Math.cos(y / 5) + 0.1 * Math.sin((x + 2 * y) / 7);
  });
}

const match = (before: Float32Array, now: Float32Array) => matchCrops(halved(before), halved(now));

describe('matchCrops', () => {
  it('reports no change for identical crops, or for light alone', () => {
    expect(match(pattern(), pattern())).toEqual({ right: 0, down: 0, change: 0, isFar: false });
    const lit = match(pattern(), pattern(0, 0, 0.1));
    expect(Math.hypot(lit.right, lit.down)).toBeLessThan(0.005);
    expect(lit.change).toBeLessThan(0.05);
  });

  it.each([
    [1, 0],
    [-2, 3],
    [0.6, -1.4],
  ])('finds a shift by %d and %d pixels', (right, down) => {
    const found = match(pattern(), pattern(right, down));
    expect(found.right * CROP_SIZE).toBeCloseTo(right, 0);
    expect(found.down * CROP_SIZE).toBeCloseTo(down, 0);
    expect(found.change).toBeLessThan(0.25);
    expect(found.isFar).toBe(false);
  });

  it('takes thin lines that move by part of a pixel for no change', () => {
    const rims = (right: number) =>
      Float32Array.from({ length: CROP_SIZE * CROP_SIZE }, (_, i) => {
        const [x, y] = [i % CROP_SIZE, Math.floor(i / CROP_SIZE)];
        const off = Math.min(...[15, 33].map((center) => Math.abs(Math.hypot(x - right - center, y - 20) - 6)));
        return 0.6 - 0.5 * Math.max(0, 1 - off) + 0.002 * x;
      });
    for (const right of [0.5, 1, 1.5]) expect(match(rims(0), rims(right)).change, `${right} pixels`).toBeLessThan(0.3);
  });

  it('marks a shift at the limit of the search as far', () => {
    expect(match(pattern(), pattern(12, 0)).isFar || match(pattern(), pattern(12, 0)).change > 0.3).toBe(true);
  });

  it('reports the remaining difference of another picture', () => {
    const other = Float32Array.from(pattern(), (_, i) => 0.5 + 0.4 * Math.sin(i * i));
    expect(match(pattern(), other).change).toBeGreaterThan(0.45);
  });
});
