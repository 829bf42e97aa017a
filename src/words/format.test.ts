import { expect, it } from 'vitest';
import { formatBytes, formatClock, formatDuration, formatFigure, formatShare } from './format';

it.each([
  [1998, '1998'],
  [-30, '−30'],
  [20.1234, '20.12'],
  [-0.012345, '−0.01235'],
  [123_456.78, '123457'],
  [0, '0'],
])('words %f of a table as %s', (value, words) => {
  expect(formatFigure(value)).toBe(words);
});

it.each([
  [0, '0%'],
  [0.004, '<1%'],
  [0.01, '1%'],
  [0.506, '51%'],
  [0.99, '99%'],
  [0.996, '>99%'],
  [1, '100%'],
])('writes %d as %s', (share, text) => expect(formatShare(share)).toBe(text));

it.each([
  [12, '12 bytes'],
  [1499, '1\u00a0kB'],
  [3_340_000, '3.3\u00a0MB'],
])('writes %d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [0, 0, '0:00'],
  [4200, 1, '0:04.2'],
  [59_999, 0, '0:59'],
  [59_999, 2, '0:59.99'],
  [65_000, 0, '1:05'],
  [3_723_000, 0, '1:02:03'],
  [-5, 0, '0:00'],
  [-1500, 1, '−0:01.5'],
] as const)('shows %d ms with %d decimals as %s', (ms, decimals, text) => expect(formatClock(ms, decimals)).toBe(text));

it.each([
  [0, '1 s'],
  [8400, '8 s'],
  [60_000, '1 min'],
  [4_800_000, '1 h 20 min'],
] as const)('says %d ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
