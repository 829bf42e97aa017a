import { describe, expect, it } from 'vitest';
import { seededRandom } from '../scripts/drawn-faces/looks';
import { inWords, ratioOf } from './speed';

/** Times of two systems on a machine that is up to five times slower for blocks of 20 frames. */
function crowded(seed: number, frames: number, factor: number): [number[], number[]] {
  const random = seededRandom(seed);
  const slowness = Array.from({ length: Math.ceil(frames / 20) }, () => 1 + 4 * random());
  const own = Array.from({ length: frames }, (_, i) => 10 * (slowness[Math.floor(i / 20)] ?? 1) * (0.7 + 0.6 * random()));
  const peer = own.map((_, i) => 10 * factor * (slowness[Math.floor(i / 20)] ?? 1) * (0.7 + 0.6 * random()));
  return [peer, own];
}

describe('ratioOf', () => {
  it('finds the ratio despite slowdowns that affect both, with an interval that usually contains it', () => {
    const told = Array.from({ length: 12 }, (_, seed) => ratioOf(...crowded(seed, 240, 3.5)));
    expect(told.filter(({ low, high }) => low <= 3.5 && high >= 3.5).length).toBeGreaterThanOrEqual(10);
    for (const { median, low, high } of told) {
      expect(Math.abs(median - 3.5)).toBeLessThan(0.4);
      expect(high - low).toBeLessThan(0.8);
    }
  });

  it('is deterministic, and has a narrower interval with more frames', () => {
    const width = (frames: number) => {
      const { low, high } = ratioOf(...crowded(3, frames, 3));
      return high - low;
    };
    expect(ratioOf(...crowded(3, 96, 3))).toEqual(ratioOf(...crowded(3, 96, 3)));
    expect(width(480)).toBeLessThan(width(96));
  });

  it('accepts few frames, and formats all three numbers', () => {
    expect(inWords(ratioOf([30, 30, 60], [10, 10, 10]))).toMatch(/^3\.00 × \(3\.00–/);
  });
});
