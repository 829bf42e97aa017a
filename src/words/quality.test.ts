import { describe, expect, it } from 'vitest';
import type { QualityConcern } from '../engine/types';
import { uncertainReasons, wordConcern } from './quality';

describe('wordConcern', () => {
  it.each<[QualityConcern, string]>([
    [{ kind: 'small', value: 21.6 }, 'face 22 px'],
    [{ kind: 'turned', value: 54.7 }, 'turned 55°'],
    [{ kind: 'dark', value: 0.03 }, 'too dark'],
    [{ kind: 'bright', value: 1 }, 'too bright'],
    [{ kind: 'blurred', value: 0.1 }, 'blurred'],
    [{ kind: 'cut-off', value: 0.4 }, 'cut by the edge'],
    [{ kind: 'covered', value: 0.5 }, 'partly covered'],
    [{ kind: 'covered', value: 0.9, part: 'mouth' }, 'mouth covered'],
    [{ kind: 'other-class', value: 0.934, name: 'tongue out' }, 'tongue out 93%, a class of the model’s own'],
    [{ kind: 'covered', value: 0.9, part: 'side' }, 'half covered'],
    [{ kind: 'not-a-face', value: 0.6 }, 'may not be a face'],
  ])('%j is %s', (concern, words) => {
    expect(wordConcern(concern)).toBe(words);
  });
});

describe('uncertainReasons', () => {
  it('is empty for a face without concerns', () => {
    expect(uncertainReasons({ concerns: [], confidence: 0.9 })).toEqual([]);
  });

  it('lists the picture’s faults first, then that nothing stands out', () => {
    const concerns: QualityConcern[] = [{ kind: 'turned', value: 60 }, { kind: 'dark', value: 0.02 }];
    expect(uncertainReasons({ concerns, confidence: 0.9 })).toEqual(['turned 60°', 'too dark']);
    expect(uncertainReasons({ concerns, confidence: 0.3 })).toEqual(['turned 60°', 'too dark', 'no expression stands out']);
  });
});
