import { describe, expect, it } from 'vitest';
import { contrast, nearestPair, SURFACE, VISION } from './color-vision-fixture';
import { personLetter } from './person-letter';
import { PERSON_COLORS, PERSON_LETTER_COLOR, personColor, personName, personTag } from './person-style';

describe.each(['light', 'dark'] as const)('colours of people, %s', (scheme) => {
  it.each(PERSON_COLORS[scheme])('%s stands out from the surface and carries a letter', (color) => {
    expect(contrast(color, SURFACE[scheme])).toBeGreaterThanOrEqual(3);
    expect(contrast(color, PERSON_LETTER_COLOR[scheme])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.keys(VISION))('every pair is distinguishable with %s vision', (vision) => {
    expect(nearestPair(PERSON_COLORS[scheme], vision)).toBeGreaterThan(0.12);
  });
});

it('reuses the first colour for the seventh person', () => {
  expect(personColor(7, 'light')).toBe(personColor(1, 'light'));
  expect(personColor(2, 'light')).not.toBe(personColor(1, 'light'));
});

it('names people by letter, or by their given name', () => {
  expect([1, 2, 26, 27, 28, 52, 53, 702, 703].map(personLetter)).toEqual(['A', 'B', 'Z', 'AA', 'AB', 'AZ', 'BA', 'ZZ', 'AAA']);
  expect(personName(3)).toBe('Person C');
  expect(personName(3, 'Anna')).toBe('Anna');
  expect([personTag(3), personTag(3, 'Anna')]).toEqual(['C', 'Anna']);
});
