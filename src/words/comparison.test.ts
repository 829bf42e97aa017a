import { expect, it } from 'vitest';
import { wordComparison } from './comparison';

it.each([
  [0.031, 0.012, 0.05, 'B is more accurate: +3.1 points, 95% 1.2 to 5.0'],
  [-0.031, -0.05, -0.012, 'B is less accurate: −3.1 points, 95% −5.0 to −1.2'],
  [0.004, -0.011, 0.02, 'No difference that these faces can show: +0.4 points, 95% −1.1 to 2.0'],
  [-0.0001, -0.01, 0.01, 'No difference that these faces can show: 0.0 points, 95% −1.0 to 1.0'],
])('%d from %d to %d', (difference, low, high, words) => {
  expect(wordComparison({ difference, low, high })).toBe(words);
});
