import { describe, expect, it } from 'vitest';
import { FrameDelay } from './frame-delay';

function delayOf(times: readonly number[], lookaheadMs: number): FrameDelay<string> {
  const delay = new FrameDelay<string>(lookaheadMs);
  for (const time of times) {
    delay.see(time);
    delay.push(`at ${time}`, time);
  }
  return delay;
}

describe('FrameDelay', () => {
  it('holds frames until a later one was read, and releases them in order', () => {
    const delay = delayOf([0, 33, 66, 100], 0);
    expect(delay.takeReady(-Infinity, false)).toEqual([]);
    expect(delay.takeReady(66, true).map(({ timestampMs }) => timestampMs)).toEqual([0, 33, 66]);
    expect(delay.takeReady(66, true)).toEqual([]);
    expect(delay.takeReady(150, true).map(({ item }) => item)).toEqual(['at 100']);
  });

  it('waits for a reading far enough ahead', () => {
    const delay = delayOf([0, 100], 300);
    expect(delay.takeReady(299, true)).toEqual([]);
    expect(delay.takeReady(300, true)).toHaveLength(1);
  });

  it('waits for a slow reading while there is room for more frames', () => {
    const delay = delayOf([0, 1000, 5000], 0);
    expect(delay.takeReady(-Infinity, true)).toEqual([]);
    expect(delay.takeReady(1000, true).map(({ timestampMs }) => timestampMs)).toEqual([0, 1000]);
  });

  it('without room, releases an unread frame once later frames were seen, including ones that were not kept', () => {
    const delay = delayOf([0, 100], 300);
    delay.see(1499);
    expect(delay.takeReady(-Infinity, false)).toEqual([]);
    delay.see(1500);
    expect(delay.takeReady(-Infinity, false).map(({ timestampMs }) => timestampMs)).toEqual([0]);
    expect(delay.takeAll().map(({ timestampMs }) => timestampMs)).toEqual([100]);
  });
});
