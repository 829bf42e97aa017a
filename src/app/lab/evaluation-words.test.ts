import { expect, it } from 'vitest';
import { compareInWords, shareWithInterval, uncertainInWords } from './evaluation-words';

const comparison = { count: 400, onlyFirst: 20, onlySecond: 32, difference: 0.03, interval: { low: 0.012, high: 0.05 }, groups: 80, mcnemar: 0.0004 };

it('states which model is more accurate, by how much, and how certain that is', () => {
  expect(compareInWords(comparison, 'A', 'B', 80)).toBe(
    'B is more accurate than A: +3.0 points (95% 1.2 to 5.0), on 400 faces of 80 people; B alone is right on 32, A alone on 20; McNemar p < 0.001.',
  );
  expect(compareInWords({ ...comparison, difference: -0.03, interval: { low: -0.05, high: -0.012 }, mcnemar: 0.0213 }, 'A', 'B', 80)).toMatch(
    /^A is more accurate than B: \+3\.0 points \(95% 1\.2 to 5\.0\).* p = 0\.021\.$/,
  );
});

it('states the number of independent groups if some people are unknown', () => {
  expect(compareInWords(comparison, 'A', 'B', null)).toMatch(/, on 400 faces that count as 80, since those of one person, or near-duplicates of unknown people, count as one; B alone /);
});

it('does not name a winner without evidence', () => {
  expect(compareInWords({ ...comparison, interval: { low: -0.004, high: 0.05 }, groups: 400 }, 'A', 'B', null)).toMatch(
    /^No difference can be told: B is 3\.0 points ahead, but 95% −0\.4 to 5\.0, on 400 faces; /,
  );
});

it('formats shares and uncertainty', () => {
  expect(shareWithInterval(0.638, { low: 0.622, high: 0.653 })).toBe('63.8% (62.2–65.3)');
  const curve = [
    { threshold: 0.9, coverage: 0.25, accuracy: 1 },
    { threshold: 0.5, coverage: 0.75, accuracy: 0.9 },
    { threshold: 0.3, coverage: 1, accuracy: 0.8 },
  ];
  expect(uncertainInWords(curve)).toBe('By Mien’s rule, 25.0% of the faces are uncertain (no class reaches 45%). It names 75.0%, with an accuracy of 90.0%.');
  expect(uncertainInWords([{ threshold: 0.6, coverage: 1, accuracy: 0.8 }])).toBeNull();
});
