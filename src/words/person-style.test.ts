import { describe, expect, it } from 'vitest';
import { contrast, nearestPair, SURFACE, VISION } from './color-vision-fixture';
import { PERSON_COLORS, PERSON_NUMBER_COLOR, personColor } from './person-style';

describe.each(['light', 'dark'] as const)('colours of people, %s', (scheme) => {
  it.each(PERSON_COLORS[scheme])('%s stands out from the surface and carries a number', (color) => {
    expect(contrast(color, SURFACE[scheme])).toBeGreaterThanOrEqual(3);
    expect(contrast(color, PERSON_NUMBER_COLOR[scheme])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.keys(VISION))('every pair stays apart for %s vision', (vision) => {
    expect(nearestPair(PERSON_COLORS[scheme], vision)).toBeGreaterThan(0.12);
  });
});

it('gives the seventh person the first colour again', () => {
  expect(personColor(7, 'light')).toBe(personColor(1, 'light'));
  expect(personColor(2, 'light')).not.toBe(personColor(1, 'light'));
});
