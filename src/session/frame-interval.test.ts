import { describe, expect, it } from 'vitest';
import { usualIntervalMs } from './frame-interval';
import { frameOf } from './observation-fixture';
import { ObservationStore } from './observation-store';

function storeOf(...timesMs: number[]): ObservationStore {
  const store = new ObservationStore();
  for (const ms of timesMs) store.append(frameOf(ms));
  return store;
}

describe('usualIntervalMs', () => {
  it('is not led astray by a pause', () => expect(usualIntervalMs(storeOf(0, 33, 66, 60_000, 60_033))).toBe(33));
  it('does not count frames of the same time', () => expect(usualIntervalMs(storeOf(0, 0, 0, 40, 80))).toBe(40));
  it('is a second where it cannot be known', () => expect(usualIntervalMs(storeOf(5))).toBe(1000));
});
