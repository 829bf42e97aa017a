import { expect, it } from 'vitest';
import { clickedIds, keyTarget, rangeOf, typedOn, typedTarget } from './grid-selection';

const ITEMS = [10, 11, 12, 13, 14].map((id) => ({ id }));
const PLAIN = { anchor: null, marked: new Set([10]), selectedId: 10, toggles: false, extends: false };

it('selects one, toggles one, and always keeps one selected', () => {
  expect(clickedIds(ITEMS, 12, PLAIN)).toEqual({ ids: [12], shows: 12 });
  expect(clickedIds(ITEMS, 12, { ...PLAIN, toggles: true })).toEqual({ ids: [10, 12], shows: null });
  expect(clickedIds(ITEMS, 10, { ...PLAIN, marked: new Set([10, 12]), toggles: true })).toEqual({ ids: [12], shows: 12 });
  expect(clickedIds(ITEMS, 10, { ...PLAIN, toggles: true })).toEqual({ ids: [10], shows: null });
  expect(clickedIds(ITEMS, 10, { ...PLAIN, toggles: true, mayBeNone: true })).toEqual({ ids: [], shows: null });
});

it('selects a range in either direction from the anchor', () => {
  expect(clickedIds(ITEMS, 12, { ...PLAIN, extends: true })).toEqual({ ids: [10, 11, 12], shows: null });
  expect(clickedIds(ITEMS, 11, { ...PLAIN, anchor: 14, extends: true })).toEqual({ ids: [11, 12, 13, 14], shows: 11 });
  // The anchor is now hidden by a filter.
  expect(rangeOf(ITEMS, 99, 13)).toEqual([13]);
});

it('moves by rows and columns, mirrored for right-to-left text, within bounds', () => {
  const shape = { columns: 2, pageRows: 3, rtl: false };
  expect(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'x'].map((key) => keyTarget(key, 1, 5, shape))).toEqual([2, 0, 3, 1, 0, 4, null]);
  expect(keyTarget('ArrowRight', 1, 5, { ...shape, rtl: true })).toBe(0);
  expect([keyTarget('ArrowRight', 4, 5, shape), keyTarget('PageDown', 1, 5, shape), keyTarget('PageUp', 3, 5, shape)]).toEqual([4, 4, 0]);
  expect(keyTarget('ArrowDown', 0, 0, shape)).toBeNull();
});

it('finds the next tile by typed letters', () => {
  const names = ['Anna', 'Ben', 'Bea', 'Ädam', 'bert'];
  const find = (from: number, letters: string) => typedTarget(names, (name) => name, from, letters);
  expect([find(0, 'b'), find(1, 'b'), find(2, 'bb'), find(4, 'b')]).toEqual([1, 2, 4, 1]);
  expect([find(1, 'be'), find(1, 'bea'), find(0, 'ä'), find(0, 'x'), typedTarget([], String, 0, 'a')]).toEqual([1, 2, 3, null, null]);
  expect(typedOn(typedOn({ letters: 'x', atMs: 0 }, 'B', 1000), 'e', 1600)).toEqual({ letters: 'be', atMs: 1600 });
});
