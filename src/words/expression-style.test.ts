import { describe, expect, it } from 'vitest';
import { EXPRESSIONS } from '../engine/labels';
import { contrast, nearestPair, SURFACE, VISION } from './color-vision-fixture';
import { EXPRESSION_STYLE } from './expression-style';

describe.each(['light', 'dark'] as const)('expression colours, %s', (scheme) => {
  it.each(EXPRESSIONS)('%s stands out from the surface', (expression) => {
    expect(contrast(EXPRESSION_STYLE[expression][scheme], SURFACE[scheme])).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(VISION))('every pair is distinguishable with %s vision', (vision) => {
    expect(nearestPair(EXPRESSIONS.map((e) => EXPRESSION_STYLE[e][scheme]), vision)).toBeGreaterThan(0.12);
  });
});

it('gives every expression its own sign, a single character that is no emoji', () => {
  const signs = EXPRESSIONS.map((e) => EXPRESSION_STYLE[e].sign);
  expect(new Set(signs).size).toBe(EXPRESSIONS.length);
  for (const sign of signs) expect(sign).toMatch(/^\P{Emoji}$/u);
});
