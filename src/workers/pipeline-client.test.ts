import { getEventListeners } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import type { FrameResult, LiveFrame, StreamOptions } from '../engine/types';
import { createEngine } from './pipeline-client';
import type { EngineOptions } from './protocol';
import { SERVING_MS, StandIn } from './worker-fixture';

const workers = vi.hoisted(() => ({ next: [] as { connection: unknown }[], probes: 0, probedMs: null as number | null }));
vi.mock('./connection', () => ({
  connect: () => Promise.resolve(workers.next.shift()?.connection),
  probeBackend: () => {
    workers.probes++;
    if (workers.probedMs === null) return Promise.reject(new Error('no graphics card'));
    return Promise.resolve({ name: 'webgl', outcome: 'passed', medianMs: workers.probedMs, deviation: 0 });
  },
}));
vi.mock('./life-lock', () => ({ newLifeLock: () => null }));
// Prevents fetches.
vi.mock('../engine/face-detector/compile-detector', () => ({ compileDetector: () => new Promise(() => undefined) }));

const OPTIONS: EngineOptions = { assetBase: 'http://localhost/', backend: 'wasm', settings: { smoothingMs: 0, sensitivity: 'balanced' } };
const CLIP: StreamOptions = { name: 'clip', search: 'thorough' };
const RESULT = { faces: [] } as unknown as FrameResult;
const settle = () => new Promise((done) => setTimeout(done));

function spawn(): StandIn {
  const worker = new StandIn();
  workers.next.push(worker);
  return worker;
}

function frame(): LiveFrame & { closed: number } {
  const made = { closed: 0, close: () => made.closed++ };
  return made as unknown as LiveFrame & { closed: number };
}

beforeEach(() => {
  workers.next.length = 0;
  workers.probes = 0;
  workers.probedMs = null;
});

describe('createEngine', () => {
  it('reports progress until startup ends, and nothing after a failure', async () => {
    const heard: number[] = [];
    const slow = spawn();
    slow.starts = false;
    const cancel = new AbortController();
    const starting = createEngine(OPTIONS, ({ loadedBytes }) => heard.push(loadedBytes), cancel.signal);
    await settle();
    slow.downloads?.detector(1, false);
    cancel.abort();
    await expect(starting).rejects.toMatchObject({ reason: 'disposed' });
    slow.downloads?.classifier(2, true);

    const broken = spawn();
    broken.fault = new MienError('model', 'not-found');
    await expect(createEngine(OPTIONS, ({ loadedBytes }) => heard.push(loadedBytes))).rejects.toMatchObject({ reason: 'not-found' });
    broken.downloads?.detector(3, false);
    expect(heard).toEqual([1]);
  });

  it('keeps one live frame in flight and replaces the waiting frame with the newest', async () => {
    const worker = spawn();
    const engine = await createEngine(OPTIONS);
    const [first, second, third] = [frame(), frame(), frame()];
    const answers = [first, second, third].map((f, i) => engine.analyzeLive(f, i));
    await settle();
    expect(worker.inFlight).toHaveLength(1);
    expect(await answers[1]).toBeNull();
    expect(second.closed).toBe(1);
    worker.inFlight[0]?.(RESULT);
    expect(await answers[0]).toBe(RESULT);
    await settle();
    expect(worker.inFlight).toHaveLength(2);
    worker.inFlight[1]?.(RESULT);
    expect(await answers[2]).toBe(RESULT);
  });

  it('drops no clip frame, and keeps one frame per stream in flight so that no stream starves another', async () => {
    const worker = spawn();
    const engine = await createEngine(OPTIONS);
    const clip = [0, 1, 2].map((i) => engine.analyzeNext(frame(), i, CLIP));
    const camera = [10, 11, 12].map((i) => engine.analyzeLive(frame(), i));
    await settle();
    expect(worker.log).toEqual(['clip 0', 'live 10']);
    while (worker.inFlight.length > 0) {
      worker.inFlight.shift()?.(RESULT);
      await settle();
    }
    expect(worker.log).toEqual(['clip 0', 'live 10', 'clip 1', 'live 12', 'clip 2']);
    expect(await Promise.all(clip)).toEqual([RESULT, RESULT, RESULT]);
    expect(await Promise.all(camera)).toEqual([RESULT, null, RESULT]);
  });

  it('resets a stream after its own frames, without waiting for other streams', async () => {
    const worker = spawn();
    const engine = await createEngine(OPTIONS);
    const clip = engine.analyzeNext(frame(), 0, CLIP);
    const live = engine.analyzeLive(frame(), 5);
    const waiting = frame();
    const never = engine.analyzeLive(waiting, 6);
    await settle();
    const reset = engine.resetLive();
    expect(await never).toBeNull();
    expect(waiting.closed).toBe(1);
    const after = engine.analyzeLive(frame(), 0);
    await settle();
    expect(worker.log).toEqual(['clip 0', 'live 5']);
    worker.inFlight[1]?.(RESULT);
    await live;
    await reset;
    await settle();
    expect(worker.log).toEqual(['clip 0', 'live 5', 'reset live', 'live 0']);
    worker.inFlight[0]?.(RESULT);
    worker.inFlight[2]?.(RESULT);
    await Promise.all([clip, after]);
  });

  it('cancels a clip frame that is still waiting, and closes it', async () => {
    const worker = spawn();
    const engine = await createEngine(OPTIONS);
    const stop = new AbortController();
    const first = engine.analyzeNext(frame(), 0, CLIP, stop.signal);
    const second = frame();
    const refused = engine.analyzeNext(second, 1, CLIP, stop.signal);
    stop.abort(new Error('enough'));
    await settle();
    worker.inFlight[0]?.(RESULT);
    expect(await first).toBe(RESULT);
    await expect(refused).rejects.toThrow('enough');
    expect(second.closed).toBe(1);
    expect(worker.log).toEqual(['clip 0']);
  });

  it('cancels a running still and a waiting one with the reason of the signal', async () => {
    const worker = spawn();
    const engine = await createEngine(OPTIONS);
    const stop = new AbortController();
    const [underWay, waiting] = [frame(), frame()];
    const answers = [underWay, waiting].map((f) => engine.analyzeStill(f as ImageBitmap, stop.signal));
    await settle();
    expect(worker.log).toEqual(['still']);
    stop.abort(new Error('enough'));
    for (const answer of answers) await expect(answer).rejects.toThrow('enough');
    expect(worker.log).toEqual(['still', 'abort still']);
    expect(waiting.closed).toBe(1);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
  });

  it('reports a first look at a still only if requested, and only while the still is running', async () => {
    const worker = spawn();
    const engine = await createEngine(OPTIONS);
    const plain = engine.analyzeStill(frame() as ImageBitmap);
    await settle();
    expect(worker.glance).toBeNull();
    worker.endStill();
    await expect(plain).rejects.toThrow();

    const seen: FrameResult[] = [];
    const looked = engine.analyzeStill(frame() as ImageBitmap, undefined, (glance) => seen.push(glance));
    await settle();
    worker.glance?.(RESULT);
    expect(seen).toEqual([RESULT]);
    worker.endStill();
    await expect(looked).rejects.toThrow();
    worker.glance?.(RESULT);
    expect(seen).toHaveLength(1);
  });

  it('leaves no listeners on a connection that outlives its calls', async () => {
    const worker = spawn();
    const engine = await createEngine(OPTIONS);
    const before = getEventListeners(worker.life.signal, 'abort').length;
    for (let i = 0; i < 50; i++) {
      const answer = engine.analyzeLive(frame(), i);
      await settle();
      worker.inFlight[i]?.(RESULT);
      await answer;
    }
    expect(getEventListeners(worker.life.signal, 'abort')).toHaveLength(before);
  });

  it('rejects the call of a dying worker, closes its frame, and continues with a new worker', async () => {
    const worker = spawn();
    const engine = await createEngine(OPTIONS);
    expect(engine.generation).toBe(1);
    const held = frame();
    const answer = engine.analyzeLive(held, 0);
    await settle();
    worker.connection.close();
    await expect(answer).rejects.toMatchObject({ kind: 'engine', reason: 'worker-died' });
    expect(held.closed).toBeGreaterThan(0);

    const next = spawn();
    const again = engine.analyzeLive(frame(), 1);
    await settle();
    next.inFlight[0]?.(RESULT);
    expect(await again).toBe(RESULT);
    expect(engine.generation).toBe(2);
  });

  it.each([
    ['fast', 31_000],
    ['thorough', 181_000],
  ] as const)('gives a clip\'s %s search as long as it may need before the worker counts as hung', async (search, hungAfterMs) => {
    const worker = spawn();
    const engine = await createEngine(OPTIONS);
    vi.useFakeTimers();
    try {
      const answer = engine.analyzeNext(frame(), 0, { name: 'clip', search });
      const told = expect(answer).rejects.toMatchObject({ kind: 'engine', reason: 'timeout' });
      await vi.advanceTimersByTimeAsync(hungAfterMs - 2_000);
      expect(worker.life.signal.aborted).toBe(false);
      await vi.advanceTimersByTimeAsync(2_000);
      await told;
    } finally {
      vi.useRealTimers();
    }
  });

  it('pauses after several workers died in a row, then tries again', async () => {
    let worker = spawn();
    const engine = await createEngine(OPTIONS);
    for (let death = 0; death < 3; death++) {
      const answer = engine.analyzeLive(frame(), death);
      await settle();
      worker.connection.close();
      await expect(answer).rejects.toMatchObject({ reason: 'worker-died' });
      worker = spawn();
    }
    await expect(engine.analyzeLive(frame(), 9)).rejects.toMatchObject({ reason: 'worker-died', detail: 'again and again' });
    expect(workers.next).toHaveLength(1);

    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 11_000);
    const answer = engine.analyzeLive(frame(), 10);
    await settle();
    worker.inFlight.shift()?.(RESULT);
    await expect(answer).resolves.toBe(RESULT);
    vi.restoreAllMocks();
  });

  it('cancels a start that hangs, and ends its worker', async () => {
    const worker = spawn();
    worker.starts = false;
    const cancel = new AbortController();
    const starting = createEngine(OPTIONS, undefined, cancel.signal);
    await settle();
    cancel.abort();
    await expect(starting).rejects.toMatchObject({ kind: 'engine', reason: 'disposed' });
    expect(worker.life.signal.aborted).toBe(true);
  });

  it('ends the worker on disposal; later calls reject and close their frames', async () => {
    const worker = spawn();
    const engine = await createEngine(OPTIONS);
    await engine.dispose();
    expect(worker.life.signal.aborted).toBe(true);
    const late = frame();
    await expect(engine.analyzeLive(late, 0)).rejects.toMatchObject({ reason: 'disposed' });
    expect(late.closed).toBe(1);
  });

  it('waits for a frame as long as its worker goes on downloading', async () => {
    const worker = spawn();
    const engine = await createEngine(OPTIONS);
    vi.useFakeTimers();
    const late = engine.analyzeLive(frame(), 0).finally(() => vi.useRealTimers());
    for (let loaded = 1; loaded <= 5; loaded++) {
      await vi.advanceTimersByTimeAsync(25_000);
      worker.downloads?.detector(loaded, false);
    }
    worker.inFlight[0]?.(RESULT);
    expect(await late).toBe(RESULT);
  });

  it.each([
    ['switches to a much faster backend', SERVING_MS / 2, ['measure', 'change to webgl']],
    ['keeps a backend that is nearly as fast', SERVING_MS * 0.9, ['measure']],
  ])('%s, measured after the first result', async (_, probedMs, log) => {
    workers.probedMs = probedMs;
    const worker = spawn();
    const engine = await createEngine({ ...OPTIONS, backend: 'auto' });
    const answer = engine.analyzeLive(frame(), 0);
    await settle();
    vi.useFakeTimers();
    try {
      await vi.advanceTimersByTimeAsync(5_000);
      expect(workers.probes).toBe(0);
      worker.inFlight[0]?.(RESULT);
      await answer;
      await vi.advanceTimersByTimeAsync(5_000);
      expect(workers.probes).toBe(1);
      expect(worker.log.filter((entry) => /measure|change/.test(entry))).toEqual(log);
    } finally {
      vi.useRealTimers();
      await engine.dispose();
    }
  });

  it('measures no other backend for an engine that has been disposed', async () => {
    const worker = spawn();
    const engine = await createEngine({ ...OPTIONS, backend: 'auto' });
    const answer = engine.analyzeLive(frame(), 0);
    await settle();
    vi.useFakeTimers();
    try {
      worker.inFlight[0]?.(RESULT);
      await answer;
      await engine.dispose();
      await vi.advanceTimersByTimeAsync(5_000);
      expect(workers.probes).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
