import { describe, expect, it } from 'vitest';
import { toProbabilities, verdictOf } from './labels';

describe('verdictOf', () => {
  it('names only the most probable expression where it stands out', () => {
    expect(verdictOf(toProbabilities([0, 0, 0, 0.5, 0.39, 0.11, 0]))).toEqual({ label: 'happy', closeCall: null });
  });

  it('also names the second one where it trails by less than a tenth', () => {
    expect(verdictOf(toProbabilities([0, 0, 0, 0.1, 0.42, 0, 0.48]))).toEqual({ label: 'neutral', closeCall: 'sad' });
    expect(verdictOf(toProbabilities([0, 0.5, 0.5, 0, 0, 0, 0]))).toEqual({ label: 'disgust', closeCall: 'fear' });
  });
});
