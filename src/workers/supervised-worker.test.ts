import { afterEach, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import { SupervisedWorker, whileAlive } from './supervised-worker';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('revokes its blob URL whether or not the worker sent a message before it ended', () => {
  const addresses = new Set<string>();
  const workers: EventTarget[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    const address = `blob:${Math.random()}`;
    addresses.add(address);
    return address;
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((address) => addresses.delete(address));
  class StandInWorker extends EventTarget {
    constructor() {
      super();
      workers.push(this);
    }
    postMessage = () => undefined;
    terminate = () => undefined;
  }
  vi.stubGlobal('Worker', StandInWorker);
  const spawn = () => new SupervisedWorker({ url: 'worker.js', name: 'test', base: 'https://mien.test/', onBreak: () => new MienError('engine', 'worker-died') });
  const [silent, spoken] = [spawn(), spawn()];
  expect(addresses.size).toBe(2);
  workers[1]?.dispatchEvent(new MessageEvent('message', { data: {} }));
  expect(addresses.size).toBe(1);
  for (const worker of [silent, spoken]) worker.end(new MienError('engine', 'disposed'));
  expect(addresses.size).toBe(0);
});

it('counts a call’s time limit anew from each sign of progress, and ends the worker after the last', async () => {
  vi.useFakeTimers();
  try {
    let heardMs = -Infinity;
    const end = vi.fn();
    const answer = whileAlive(new AbortController().signal, new Promise(() => undefined), { timeoutMs: 1000, heardMs: () => heardMs, late: new MienError('engine', 'timeout'), end });
    const failure = expect(answer).rejects.toMatchObject({ reason: 'timeout' });
    await vi.advanceTimersByTimeAsync(700);
    heardMs = performance.now();
    await vi.advanceTimersByTimeAsync(900);
    expect(end).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    await failure;
    expect(end).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
});
