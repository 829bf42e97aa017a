import { expect, it } from 'vitest';
import { evenly } from './evenly';
import { samplesOf } from './mean-maps';

it('selects evenly spaced elements in order', () => {
  expect(evenly([0, 1, 2, 3, 4, 5, 6], 3)).toEqual([0, 2, 4]);
  expect(evenly([5, 6], 3)).toEqual([5, 6]);
  expect(evenly([], 3)).toEqual([]);
});

it('samples faces and mistakes of each class up to a limit, and skips classes without faces', () => {
  const answers = {
    classes: ['happy', 'sad', 'fear'],
    // Predicted: happy, sad, happy, sad, happy, sad.
    labels: [0, 0, 0, 1, 1, 0],
    probabilities: [0.9, 0.1, 0, 0.2, 0.7, 0.1, 0.5, 0.4, 0.1, 0.1, 0.8, 0.1, 0.6, 0.3, 0.1, 0, 1, 0],
  };
  expect(samplesOf({ answers }, 2)).toEqual([
    { name: 'happy', k: 0, all: [0, 2], mistakes: [1, 5] },
    { name: 'sad', k: 1, all: [3, 4], mistakes: [4] },
  ]);
});
