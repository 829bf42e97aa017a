import { expect, it } from 'vitest';
import { plainAccuracy } from './accuracy';

const SET = { faces: 100, accuracy: 0.9, perClass: { happy: [50, 50], fear: [5, 25], sad: [20, 30] } } as const;

it('says how often the model is correct and where it is weakest, weighted by faces over all sets', () => {
  const other = { faces: 300, accuracy: 0.7, perClass: { happy: [90, 100], fear: [20, 25], angry: [10, 25] } } as const;
  expect(plainAccuracy([SET, other])).toBe('On faces of people that it had never seen, it says what the label says about 8 times in 10. It misses “angry” and “fear” most often.');
});

it('omits expressions with few faces or none', () => {
  expect(plainAccuracy([{ ...SET, perClass: { happy: [1, 2], sad: [0, 3] } }])).toBe('On faces of people that it had never seen, it says what the label says about 9 times in 10.');
});
