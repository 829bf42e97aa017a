import { expect, it } from 'vitest';
import { hrefOf, parsePlace } from './navigation';

it.each([
  ['', 'read', []],
  ['#anything', 'read', []],
  ['#/live', 'live', []],
  ['#/library/4f1c', 'library', ['4f1c']],
  ['#/lab/test/a%2Fb', 'lab', ['test', 'a/b']],
  ['#/library/%E0%A4%A', 'library', ['%E0%A4%A']],
])('takes %j for %s', (hash, name, path) => {
  expect(parsePlace(hash)).toEqual({ name, path });
});

it.each([
  ['#/photo', 'read', ['photos']],
  ['#webcam', 'live', []],
  ['#/video', 'read', ['videos']],
  ['#/sessions', 'library', []],
])('leads from the former tab %s to its place', (hash, name, path) => {
  expect(parsePlace(hash)).toEqual({ name, path });
});

it('writes addresses that it can parse', () => {
  expect(parsePlace(hrefOf('library', 'a/b', 'ü'))).toEqual({ name: 'library', path: ['a/b', 'ü'] });
});
