import { expect, it } from 'vitest';
import { formatBytes, formatShare } from './format';

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
  [1499, '1 kB'],
  [3_340_000, '3.3 MB'],
])('writes %d bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
