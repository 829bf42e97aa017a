import { expect, it } from 'vitest';
import { swipeTarget } from './swipe';

it('goes to the neighbour on the side the finger pulls from', () => {
  expect(swipeTarget({ dx: -80, dy: 10, ms: 200 }, false)).toBe(1);
  expect(swipeTarget({ dx: 80, dy: -10, ms: 200 }, false)).toBe(-1);
  expect(swipeTarget({ dx: 80, dy: 10, ms: 200 }, true)).toBe(1);
});

it('ignores slipped presses, scrolling and slow strokes', () => {
  expect([
    swipeTarget({ dx: -30, dy: 0, ms: 100 }, false),
    swipeTarget({ dx: -80, dy: 60, ms: 200 }, false),
    swipeTarget({ dx: -80, dy: 0, ms: 2000 }, false),
  ]).toEqual([null, null, null]);
});
