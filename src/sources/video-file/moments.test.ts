import { describe, expect, it } from 'vitest';
import { EvenMoments, momentsOf, rangeOf } from './moments';

const INFO = { startMs: 100, endMs: 10_100 };

describe('rangeOf', () => {
  it.each([
    [{}, { fromMs: 100, toMs: 10_100 }],
    [{ fromMs: 0, toMs: 99_999 }, { fromMs: 100, toMs: 10_100 }],
    [{ fromMs: 2000, toMs: 3000 }, { fromMs: 2000, toMs: 3000 }],
  ])('keeps %j within the file', (part, range) => expect(rangeOf({ framesPerSecond: 1, ...part }, INFO)).toEqual(range));
});

describe('EvenMoments', () => {
  const moments = new EvenMoments({ fromMs: 1000, toMs: 4000 }, 10);

  it('begins with the range and leaves its end out', () => {
    expect(moments.length).toBe(30);
    expect(moments.timeOf(0)).toBe(1000);
    expect(moments.timeOf(29)).toBeCloseTo(3900, 6);
  });

  it('has a moment for a range that is shorter than its step, and none for an empty one', () => {
    expect(new EvenMoments({ fromMs: 0, toMs: 5 }, 1).length).toBe(1);
    expect(new EvenMoments({ fromMs: 5, toMs: 5 }, 1).length).toBe(0);
    expect(new EvenMoments({ fromMs: 6, toMs: 5 }, 1).length).toBe(0);
  });

  it('does not drift over an hour at a rate that has no exact step', () => {
    const hour = new EvenMoments({ fromMs: 0, toMs: 3_600_000 }, 30);
    expect(hour.length).toBe(108_000);
    expect(hour.timeOf(107_999)).toBeCloseTo(3_600_000 - 1000 / 30, 5);
  });

  it.each([
    [1000, 2000, 9],
    [1001, 2000, 9],
    [-Infinity, 2000, 10],
    [3900, 9999, 0],
    [2000, 1500, 0],
  ])('counts the moments after %d and before %d: %d', (after, until, count) => expect(moments.countBetween(after, until)).toBe(count));

  it('refuses a rate of nothing', () => {
    expect(() => new EvenMoments({ fromMs: 0, toMs: 1 }, 0)).toThrow(RangeError);
    expect(() => new EvenMoments({ fromMs: 0, toMs: 1 }, NaN)).toThrow(RangeError);
  });
});

it('takes listed moments as they are', () => {
  const selection = { atMs: [500, 2000, 2001] };
  const moments = momentsOf(selection, rangeOf(selection, INFO));
  expect(moments?.length).toBe(3);
  expect(moments?.timeOf(1)).toBe(2000);
  expect([0, 500, 501, 2001, 2002].map((ms) => moments?.indexFrom(ms))).toEqual([0, 0, 1, 2, 3]);
  expect(moments?.countBetween(500, 2001)).toBe(1);
});
