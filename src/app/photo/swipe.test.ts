import { expect, it } from 'vitest';
import { swipeTarget } from './swipe';

it('leads to the next picture where it is drawn in from its side', () => {
  expect(swipeTarget({ dx: -80, dy: 10, ms: 200 }, false)).toBe(1);
  expect(swipeTarget({ dx: 80, dy: -10, ms: 200 }, false)).toBe(-1);
  expect(swipeTarget({ dx: 80, dy: 10, ms: 200 }, true)).toBe(1);
});

it('takes no press that slips, no scrolling and no slow stroke for one', () => {
  expect([
    swipeTarget({ dx: -30, dy: 0, ms: 100 }, false),
    swipeTarget({ dx: -80, dy: 60, ms: 200 }, false),
    swipeTarget({ dx: -80, dy: 0, ms: 2000 }, false),
  ]).toEqual([null, null, null]);
});
