import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LabClient } from './lab-client';

/** A worker that starts, answers the calls that the test names, and begins every other one. */
class StandInWorker extends EventTarget {
  static answered: readonly string[] = [];
  readonly terminate = vi.fn();

  postMessage({ id, path = [] }: { id: string; path?: readonly string[] }): void {
    if (!StandInWorker.answered.includes(path.join('.'))) return;
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data: { id, type: 'RAW', value: { ok: true, value: null } } })));
  }
}

const EXAMPLES = { features: new Float32Array(), width: 1, labels: [], classes: 2 };
const DIED = { kind: 'engine', reason: 'worker-died' };
const HOUR_MS = 3_600_000;

let freeLocks: (() => void)[];
beforeEach(() => {
  vi.useFakeTimers();
  freeLocks = [];
  StandInWorker.answered = [];
  vi.stubGlobal('Worker', StandInWorker);
  vi.stubGlobal('navigator', { locks: { request: (_: string, onFreed: () => void) => (freeLocks.push(onFreed), Promise.resolve()) } });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('')));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Calls that may take any time; the worker never ends them. */
const calls: Record<string, (client: LabClient) => Promise<unknown>> = {
  'a head': (client) => client.fitHead(EXAMPLES),
  'a data set': (client) => client.readData([], () => undefined),
  'near-duplicates': (client) => client.bursts(new Uint8Array()),
};

it.each(Object.keys(calls))('tells of a worker that hangs within minutes: %s', async (name) => {
  const told = expect(calls[name]?.(new LabClient('https://mien.test/'))).rejects.toMatchObject(DIED);
  await vi.advanceTimersByTimeAsync(180_000);
  await told;
  expect(vi.getTimerCount()).toBe(0);
});

it('waits for one that is at work, however long it takes', async () => {
  StandInWorker.answered = ['ping'];
  const client = new LabClient('https://mien.test/');
  let ended = false;
  const call = client.fitHead(EXAMPLES).finally(() => (ended = true));
  call.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(10 * HOUR_MS);
  expect(ended).toBe(false);
  client.dispose();
  await expect(call).rejects.toMatchObject({ kind: 'engine', reason: 'disposed' });
});

it('tells at once of one that was killed', async () => {
  StandInWorker.answered = ['holdLock'];
  const told = expect(new LabClient('https://mien.test/').fitHead(EXAMPLES)).rejects.toMatchObject(DIED);
  await vi.advanceTimersByTimeAsync(0);
  for (const free of freeLocks) free();
  await told;
});
