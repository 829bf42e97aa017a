import { describe, expect, it } from 'vitest';
import { usualIntervalMs } from './frame-interval';
import { frameOf } from './observation-fixture';
import { ObservationStore } from './observation-store';

describe('usualIntervalMs', () => {
  it('is not affected by a pause', () => expect(usualIntervalMs([0, 33, 66, 60_000, 60_033])).toBe(33));
  it('uses only analysed frames, even if an early pause has more rows than precede it', () => {
    const store = new ObservationStore();
    for (let ms = 0; ms < 5000; ms += 50) store.append(frameOf(ms));
    for (let ms = 5000; ms < 605_000; ms += 1000) store.appendLeftOut({ timestampMs: ms, reason: 'no-picture' });
    for (let ms = 605_000; ms < 630_000; ms += 50) store.append(frameOf(ms));
    expect(usualIntervalMs(store.readTimesMs())).toBe(50);
  });
  it('ignores frames with equal times', () => expect(usualIntervalMs([0, 0, 0, 40, 80])).toBe(40));
  it('defaults to one second', () => expect(usualIntervalMs([5])).toBe(1000));
});
