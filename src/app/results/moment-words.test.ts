import { describe, expect, it } from 'vitest';
import { describeMoment } from './moment-words';

describe('describeMoment', () => {
  it('names what stands out, strongest first', () => {
    expect(describeMoment(Float32Array.of(0, 0, 0, 0.84, 0, 0.04, 0.12))).toBe('Happy 84%, neutral 12%');
    expect(describeMoment(Float32Array.of(0, 0, 0, 1, 0, 0, 0))).toBe('Happy 100%');
  });

  it('says that no one was in view', () => expect(describeMoment(null)).toBe('Not in view'));
});
