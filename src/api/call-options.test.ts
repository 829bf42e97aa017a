import { afterEach, expect, test, vi } from 'vitest';
import { assertFunction, checkedOptions, contained } from './call-options';

afterEach(() => vi.unstubAllGlobals());

test('missing options give defaults, and valid ones are returned unchanged', () => {
  expect(checkedOptions(undefined)).toEqual({});
  const options = { signal: new AbortController().signal, onError: () => undefined, onProgress: undefined, frameRate: 5 };
  expect(checkedOptions(options)).toBe(options);
});

test.each([null, 7, 'live', { signal: {} }, { signal: null }, { onError: 'log' }, { onProgress: null }])('rejects %j as options', (options) => {
  expect(() => checkedOptions(options as unknown as object)).toThrow(expect.objectContaining({ kind: 'call', reason: 'wrong-type' }));
});

test('names a callback that is not a function', () => {
  expect(() => assertFunction(7, 'callback')).toThrow('call/wrong-type: callback: Number');
});

test('reports errors thrown by a contained callback, and passes its arguments on', () => {
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
