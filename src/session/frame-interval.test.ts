import { describe, expect, it } from 'vitest';
import { usualIntervalMs } from './frame-interval';

describe('usualIntervalMs', () => {
  it('is not led astray by a pause', () => expect(usualIntervalMs([0, 33, 66, 60_000, 60_033])).toBe(33));
  it('does not count frames of the same time', () => expect(usualIntervalMs([0, 0, 0, 40, 80])).toBe(40));
  it('is a second where it cannot be known', () => expect(usualIntervalMs([5])).toBe(1000));
});
