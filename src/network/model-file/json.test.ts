import { expect, it } from 'vitest';
import { parseJson } from './json';

it('reads the non-JSON numbers that Python writes as null', () => {
  expect(parseJson('{"a": NaN, "b": [-Infinity, 1], "c": "NaN, Infinity"}', 'x')).toEqual({ a: null, b: [null, 1], c: 'NaN, Infinity' });
  expect(() => parseJson('{"a": }', 'x')).toThrow('x is no JSON');
});
