import { describe, expect, it } from 'vitest';
import { FrameIndex } from './frame-index';
import { askedMoments, countEvenMoments, evenMoments, rangeOf } from './moments';

describe('rangeOf', () => {
  it.each([
    [{}, { fromMs: 100, toMs: 10_100 }],
    [{ fromMs: 0, toMs: 99_999 }, { fromMs: 100, toMs: 10_100 }],
    [{ fromMs: 2000, toMs: 3000 }, { fromMs: 2000, toMs: 3000 }],
  ])('keeps %j within the file', (part, range) => {
    expect(rangeOf({ framesPerSecond: 1, ...part }, { startMs: 100, endMs: 10_100 })).toEqual(range);
  });
});

describe('evenMoments', () => {
  const moments = (fromMs: number, toMs: number, rate: number) => [...evenMoments({ fromMs, toMs }, rate)];

  it('begins with the start of the range and excludes its end', () => {
    const tenths = moments(1000, 4000, 10);
    expect(tenths).toHaveLength(30);
    expect(tenths[0]).toBe(1000);
    expect(tenths[29]).toBeCloseTo(3900, 6);
  });

  it('has one time for a range shorter than its step, and none for an empty one', () => {
    expect(moments(0, 5, 1)).toEqual([0]);
    expect(moments(5, 5, 1)).toEqual([]);
    expect(moments(6, 5, 1)).toEqual([]);
  });

  it('requests nothing within the rounding at the end', () => {
    expect(moments(7, 15_007.3, 1)).toHaveLength(15);
    expect(moments(0, 6004, 1)).toHaveLength(6);
    expect(countEvenMoments({ fromMs: 0, toMs: 6004 }, 1)).toBe(6);
    expect(moments(0, 6033, 1)).toHaveLength(7);
  });

  it('keeps every time at a rate whose step is close to that tolerance', () => {
    expect(moments(0, 2000, 120)).toHaveLength(240);
  });

  it('does not drift over an hour at a rate without an exact step', () => {
    const hour = moments(0, 3_600_000, 30);
    expect(hour).toHaveLength(108_000);
    expect(hour.at(-1)).toBeCloseTo(3_600_000 - 1000 / 30, 5);
  });

  it('rejects a rate of 0', () => {
    expect(() => moments(0, 1, 0)).toThrow(RangeError);
    expect(() => moments(0, 1, NaN)).toThrow(RangeError);
  });
});

describe('askedMoments', () => {
  const frames = (times: readonly number[], holeBefore?: number) =>
    new FrameIndex(times.map((timestampMs) => ({ timestampMs, durationMs: 100, key: timestampMs % 400 === 0, afterHole: timestampMs === holeBefore })));

  it('answers every time at which a frame is held with that frame', () => {
    const held = frames([0, 100, 200, 300, 2000]);
    expect([...askedMoments({ framesPerSecond: 1 }, held)].map(({ sample, momentMs, number }) => [sample, momentMs, number])).toEqual([
      [0, 0, 0],
      [1, 1000, 3],
      [2, 2000, 4],
    ]);
  });

  it('leaves out times with lost packets, and those without a key frame', () => {
    const damaged = frames([0, 100, 200, 600, 700, 800, 900], 600);
    const told = [...askedMoments({ framesPerSecond: 'every' }, damaged)].map(({ momentMs, number, reason }) => [momentMs, number ?? reason]);
    expect(told).toEqual([
      [0, 0],
      [100, 1],
      [200, 2],
      [300, 'damaged'],
      [400, 'damaged'],
      [500, 'damaged'],
      [600, 'no-key-frame'],
      [700, 'no-key-frame'],
      [800, 5],
      [900, 6],
    ]);
    expect([...askedMoments({ framesPerSecond: 2 }, damaged)].map(({ number, reason }) => number ?? reason)).toEqual([0, 'damaged']);
  });

  it.each([
    ['ends', { toMs: 450 }, [[0, 0], [100, 1], [200, 2], [300, 'damaged'], [400, 'damaged']]],
    ['begins', { fromMs: 350, toMs: 850 }, [[300, 'damaged'], [400, 'damaged'], [500, 'damaged'], [600, 'no-key-frame'], [700, 'no-key-frame'], [800, 5]]],
    ['lies', { fromMs: 420, toMs: 480 }, [[400, 'damaged']]],
  ] as const)('counts every lost frame of a part that %s in a hole', (_what, part, moments) => {
    const damaged = frames([0, 100, 200, 600, 700, 800, 900], 600);
    const told = [...askedMoments({ framesPerSecond: 'every', ...part }, damaged)].map(({ momentMs, number, reason }) => [momentMs, number ?? reason]);
    expect(told).toEqual(moments);
  });

  it('answers for every frame, also if several begin at once', () => {
    const numbers = (fromMs: number) => [...askedMoments({ framesPerSecond: 'every', fromMs }, frames([0, 0, 40, 40, 80]))].map(({ number }) => number);
    expect(numbers(0)).toEqual([0, 1, 2, 3, 4]);
    expect(numbers(40)).toEqual([2, 3, 4]);
    expect(numbers(50)).toEqual([3, 4]);
  });

  it('skips listed times outside the file and keeps their indexes', () => {
    const listed = [...askedMoments({ atMs: [-50, 150, 150, 5000] }, frames([0, 100, 200]))];
    expect(listed.map(({ sample, number }) => [sample, number])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });
});
