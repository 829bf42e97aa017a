import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchSilence } from './silence-watch';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const MINUTE_MS = 60_000;

/** A worker that answers pings while `lives` is true, and whose script arrives on demand. */
function watched(lives: boolean) {
  const end = new AbortController();
  const worker = { lives, fetches: 0, silent: 0, arrive: (): void => undefined, end: () => end.abort(), signal: end.signal };
  watchSilence(
    {
      ping: () => (worker.lives ? Promise.resolve() : new Promise(() => undefined)),
      fetchScript: () => {
        worker.fetches++;
        return new Promise<void>((resolve) => (worker.arrive = resolve));
      },
    },
    () => worker.silent++,
    end.signal,
  );
  return worker;
}

it('leaves a responsive worker alone, however long it loads', async () => {
  const worker = watched(true);
  await vi.advanceTimersByTimeAsync(60 * MINUTE_MS);
  expect(worker).toMatchObject({ silent: 0, fetches: 0 });
  worker.end();
  expect(vi.getTimerCount()).toBe(0);
});

it('reports a silent worker once', async () => {
  const worker = watched(true);
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  worker.lives = false;
  await vi.advanceTimersByTimeAsync(MINUTE_MS / 2);
  expect(worker.silent).toBe(0);
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(worker).toMatchObject({ silent: 1, fetches: 0 });
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
  expect(worker.silent).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

it('waits on a slow network for the script of a worker that has not answered yet, and then for its first answer', async () => {
  const worker = watched(false);
  await vi.advanceTimersByTimeAsync(30 * MINUTE_MS);
  expect(worker).toMatchObject({ silent: 0, fetches: 1 });
  worker.arrive();
  await vi.advanceTimersByTimeAsync(MINUTE_MS / 2);
  expect(worker.silent).toBe(0);
  await vi.advanceTimersByTimeAsync(MINUTE_MS);
  expect(worker).toMatchObject({ silent: 1, fetches: 1 });
});

it('stops with the start, even while it waits for the script', async () => {
  const worker = watched(false);
  await vi.advanceTimersByTimeAsync(2 * MINUTE_MS);
  worker.end();
  worker.arrive();
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
  expect(worker).toMatchObject({ silent: 0, fetches: 1 });
  expect(vi.getTimerCount()).toBe(0);
  expect(getEventListeners(worker.signal, 'abort')).toHaveLength(0);
});
