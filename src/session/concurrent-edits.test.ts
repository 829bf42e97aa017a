import { expect, it } from 'vitest';
import { mergedEdits } from './concurrent-edits';

it.each([
  ['own changes, if there are no others', ['a', 'b'], ['a', 'b', 'c'], ['a', 'b'], ['a', 'b', 'c']],
  ['an own addition after those of others', ['a'], ['a', 'c'], ['a', 'b'], ['a', 'b', 'c']],
  ['an own removal among those of others', ['a', 'b', 'c'], ['a', 'c'], ['a', 'b', 'c', 'd'], ['a', 'c', 'd']],
  ['a removal by others', ['a', 'b'], ['a', 'b', 'c'], ['a'], ['a', 'c']],
  ['an equal addition of both once', ['a'], ['a', 'b', 'c'], ['a', 'b'], ['a', 'b', 'c']],
  ['repeated items', ['a', 'b'], ['a', 'b', 'a'], ['a', 'b'], ['a', 'b', 'a']],
  ['the earlier of repeated items', ['a', 'b', 'a'], ['a', 'b'], ['a', 'b', 'a'], ['a', 'b']],
])('keeps %s', (_what, base, own, stored, merged) => {
  const items = (names: readonly string[]) => names.map((name) => ({ name }));
  expect(mergedEdits(items(base), items(own), items(stored))).toEqual(items(merged));
});
