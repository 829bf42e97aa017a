import { describe, expect, it } from 'vitest';
import { stemOf, timeInName } from './save-file';

describe('stemOf', () => {
  it.each([
    ['party.jpg', 'party'],
    ['a.b.png', 'a.b'],
    ['no extension', 'no extension'],
    ['.png', 'photo'],
    ['', 'photo'],
  ])('%j → %j', (name, stem) => expect(stemOf(name, 'photo')).toBe(stem));
});

it('writes a moment so that names sort by time', () => {
  expect(timeInName(new Date(2026, 6, 5, 4, 3, 9))).toBe('2026-07-05-04-03-09');
});
