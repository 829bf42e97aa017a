import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LeftOutReason } from '../../engine/types';
import { PictureGap } from './picture-gap';

describe('PictureGap', () => {
  let rows: (readonly [ms: number, reason: LeftOutReason])[];
  let gap: PictureGap;
  let told: number;

  beforeEach(() => {
    vi.useFakeTimers({ now: 0, toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
    rows = [];
    told = 0;
    const startMs = performance.now();
    gap = new PictureGap((timesMs, reason) => {
      told++;
      rows.push(...timesMs.map((ms) => [ms - startMs, reason] as const));
    });
  });

  afterEach(() => {
    gap.set(null);
    vi.useRealTimers();
  });

  const timesMs = () => rows.map(([ms]) => ms);

  it('reports its start and each second until it ends', () => {
    gap.set(null);
    gap.set('no-picture');
    expect(timesMs()).toEqual([0]);
    vi.advanceTimersByTime(2500);
    gap.set('no-picture');
    gap.set(null);
    vi.advanceTimersByTime(5000);
    expect(timesMs()).toEqual([0, 1000, 2000]);
    gap.set('no-picture');
    expect(timesMs()).toEqual([0, 1000, 2000, 7500]);
  });

  it('catches up on seconds without a timer, as on a page hidden for long', () => {
    gap.set('paused');
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 3600_000);
    gap.tell();
    gap.tell();
    vi.restoreAllMocks();
    expect(rows).toHaveLength(3601);
    expect(told).toBe(2);
  });

  it('continues its rhythm when the reason changes', () => {
    gap.set('paused');
    vi.advanceTimersByTime(1500);
    gap.set('no-picture');
    vi.advanceTimersByTime(1000);
    expect(rows).toEqual([[0, 'paused'], [1000, 'paused'], [2000, 'no-picture']]);
  });
});
