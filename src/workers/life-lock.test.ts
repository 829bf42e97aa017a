import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pipeline } from '../engine/pipeline';
import { EngineHost } from './engine-host';
import { NetworkHost } from './network-host';
import { createEngine } from './pipeline-client';
import type { EngineOptions } from './protocol';
import { StandIn } from './worker-fixture';

/** The page's side of the locks: names for the next workers, and the callbacks waiting for each lock. */
const page = vi.hoisted(() => ({ worker: null as { connection: unknown } | null, locks: [] as string[], waiting: new Map<string, () => void>() }));
// Prevents fetches.
vi.mock('../engine/face-detector/compile-detector', async (original) => ({ ...(await original<object>()), compileDetector: () => new Promise(() => undefined) }));
vi.mock('./connection', () => ({ connect: () => Promise.resolve(page.worker?.connection) }));
vi.mock('./life-lock', () => ({
  newLifeLock: () => page.locks.shift() ?? null,
  onLockFreed: (name: string, callback: () => void) => page.waiting.set(name, callback),
}));

const OPTIONS: EngineOptions = { assetBase: 'http://localhost/', backend: 'wasm', settings: { smoothingMs: 0, sensitivity: 'balanced' } };
const settle = () => new Promise((done) => setTimeout(done));

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('createEngine', () => {
  let worker: StandIn;
  beforeEach(() => {
    page.worker = worker = new StandIn();
    page.locks = ['a', 'b'];
    page.waiting.clear();
  });

  it.each(['a', 'b'])('reports a worker that dies during startup and ends both: the holder of lock %s', async (lock) => {
    worker.starts = false;
    const starting = createEngine(OPTIONS);
    const told = expect(starting).rejects.toMatchObject({ kind: 'engine', reason: 'worker-died' });
    await settle();
    page.waiting.get(lock)?.();
    await told;
    expect(worker.life.signal.aborted).toBe(true);
  });

  it.each(['a', 'b'])('keeps watching after startup: the holder of lock %s', async (lock) => {
    await createEngine(OPTIONS);
    expect(worker.life.signal.aborted).toBe(false);
    page.waiting.get(lock)?.();
    expect(worker.life.signal.aborted).toBe(true);
  });

  it('does not watch a lock that the worker does not hold, because it would be free at once', async () => {
    worker.grantsLocks = false;
    await createEngine(OPTIONS);
    expect(worker.log).toEqual(['engine holds a', 'networks holds b']);
    expect(page.waiting.size).toBe(0);
  });

  it.each([
    ['without Web Locks', () => (page.locks = [])],
    ['with refused locks', () => (worker.grantsLocks = false)],
  ])('%s, detects a worker that dies during startup by its silence', async (_, without) => {
    vi.useFakeTimers();
    try {
      without();
      worker.starts = false;
      worker.lives = false;
      const told = expect(createEngine(OPTIONS)).rejects.toMatchObject({ kind: 'engine', reason: 'worker-died' });
      await vi.advanceTimersByTimeAsync(180_000);
      await told;
      expect(worker.life.signal.aborted).toBe(true);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('stops checking for silence after startup, because the worker may be busy with a picture', async () => {
    vi.useFakeTimers();
    try {
      await createEngine(OPTIONS);
      worker.lives = false;
      await vi.advanceTimersByTimeAsync(600_000);
      expect(worker.life.signal.aborted).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });

  it('requests no locks without Web Locks', async () => {
    page.locks = [];
    await createEngine(OPTIONS);
    expect(worker.log).toEqual([]);
  });
});

describe('EngineHost', () => {
  /** Stubs the browser's locks; the test decides when one is granted. */
  function stubLocks(): { grant: () => void; refuse: () => void; isHeld: () => boolean } {
    let grant = (): void => undefined;
    let refuse = (): void => undefined;
    let held = false;
    const request = (_: string, keep: () => Promise<unknown>) =>
      new Promise((freed, refused) => {
        refuse = () => refused(new DOMException('denied', 'SecurityError'));
        grant = () => {
          held = true;
          void keep().then(freed).finally(() => (held = false));
        };
      });
    vi.stubGlobal('navigator', { locks: { request } });
    return { grant: () => grant(), refuse: () => refuse(), isHeld: () => held };
  }

  const start = (host: EngineHost) => host.start({ ...OPTIONS, backends: ['cpu'] }, () => undefined, () => new Promise(() => undefined), new NetworkHost());

  it('holds its lock before it starts loading, and keeps it', async () => {
    const locks = stubLocks();
    const load = vi.spyOn(Pipeline, 'create').mockRejectedValue(new Error('no network'));
    const host = new EngineHost();
    const held = host.holdLock('a');
    const started = start(host);
    await settle();
    expect(load).not.toHaveBeenCalled();
    locks.grant();
    expect(await held).toEqual({ ok: true, value: null });
    expect(await started).toMatchObject({ ok: false });
    expect(load).toHaveBeenCalledOnce();
    expect(locks.isHeld()).toBe(true);
  });

  it('starts even if the lock is refused, and reports the refusal', async () => {
    const locks = stubLocks();
    const load = vi.spyOn(Pipeline, 'create').mockRejectedValue(new Error('no network'));
    const host = new EngineHost();
    const held = host.holdLock('a');
    const started = start(host);
    await settle();
    locks.refuse();
    expect(await held).toMatchObject({ ok: false });
    await started;
    expect(load).toHaveBeenCalledOnce();
  });
});
