import { afterEach, expect, test, vi } from 'vitest';
import { assertFunction, checkedOptions, contained } from './call-options';

afterEach(() => vi.unstubAllGlobals());

test('no options are none, and good ones stay what they are', () => {
  expect(checkedOptions(undefined)).toEqual({});
  const options = { signal: new AbortController().signal, onError: () => undefined, onProgress: undefined, frameRate: 5 };
  expect(checkedOptions(options)).toBe(options);
});

test.each([null, 7, 'live', { signal: {} }, { signal: null }, { onError: 'log' }, { onProgress: null }])('%j is refused as options', (options) => {
  expect(() => checkedOptions(options as unknown as object)).toThrow(expect.objectContaining({ kind: 'call', reason: 'wrong-type' }));
});

test('what is no function is refused by its name', () => {
  expect(() => assertFunction(7, 'callback')).toThrow('call/wrong-type: callback: Number');
});

test('what a contained callback throws is reported, with its arguments passed on', () => {
  const reported: unknown[] = [];
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
  const seen: unknown[] = [];
  const call = contained((...args: unknown[]) => {
    seen.push(args);
    throw new Error('of the caller');
  });
  expect(() => call(1, 'two')).not.toThrow();
  expect(seen).toEqual([[1, 'two']]);
  expect(reported).toEqual([new Error('of the caller')]);
});
