import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PictureGap } from './picture-gap';

describe('PictureGap', () => {
  let rows: number[];
  let gap: PictureGap;

  beforeEach(() => {
    vi.useFakeTimers({ now: 0, toFake: ['setInterval', 'clearInterval', 'performance', 'Date'] });
    rows = [];
    const startMs = performance.now();
    gap = new PictureGap((ms) => rows.push(ms - startMs));
  });

  afterEach(() => {
    gap.set(false);
    vi.useRealTimers();
  });

  it('tells of its begin and of each second, until it ends', () => {
    gap.set(false);
    gap.set(true);
    expect(rows).toEqual([0]);
    vi.advanceTimersByTime(2500);
    gap.set(true);
    gap.set(false);
    vi.advanceTimersByTime(5000);
    expect(rows).toEqual([0, 1000, 2000]);
    gap.set(true);
    expect(rows).toEqual([0, 1000, 2000, 7500]);
  });

  it('tells afterwards of the seconds in which no timer ran, as on a page that is hidden for long', () => {
    gap.set(true);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 3600_000);
    gap.set(false);
    vi.restoreAllMocks();
    expect(rows).toHaveLength(3601);
  });
});
