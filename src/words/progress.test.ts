import { expect, it } from 'vitest';
import { wordPassedOver, wordProgress } from './progress';

it.each([
  ['while running', { total: 5, ended: 2, failed: 1, cancelled: 0, running: true }, '1 of 5 read, 1 could not be read'],
  ['when all is read', { total: 5, ended: 5, failed: 0, cancelled: 0, running: false }, '5 of 5 read'],
  ['when some failed', { total: 5, ended: 5, failed: 2, cancelled: 0, running: false }, '3 of 5 read, 2 could not be read'],
  ['when cancelled', { total: 5, ended: 5, failed: 1, cancelled: 3, running: false }, '1 of 5 read, 1 could not be read, 3 cancelled'],
] as const)('never counts as read what was not: %s', (_, progress, words) => {
  expect(wordProgress(progress)).toBe(words);
});

it.each([
  [['a.txt'], 'Skipped, neither photo nor video: a.txt.'],
  [['a.txt', 'b.txt'], 'Skipped, neither photos nor videos: a.txt and 1 other.'],
  [['a.txt', 'b.txt', 'c.png'], 'Skipped, neither photos nor videos: a.txt and 2 others.'],
])('%j passed over', (names, words) => expect(wordPassedOver(names)).toBe(words));
