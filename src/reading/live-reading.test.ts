import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import type { EngineHealth, FrameResult } from '../engine/types';
import { frameOf, skippedFace } from '../session/observation-fixture';
import { TrackNumbers } from '../session/track-numbers';
import type { Engine } from '../workers/protocol';
import { LiveReading } from './live-reading';

type FrameCallback = (nowMs: number, metadata: { presentedFrames: number }) => void;

/** Answers each frame with one face, or throws as `answer` does. */
function standInEngine(answer: () => void = () => undefined): Engine {
  const engine: Partial<Engine> = {
    generation: 1,
    started: () => Promise.resolve(null),
    resetLive: () => Promise.resolve(),
    analyzeLive: async (_frame, timestampMs) => {
      answer();
      return Promise.resolve(frameOf(timestampMs, skippedFace(1)));
    },
  };
  return engine as Engine;
}

/** Answers each frame after a delay, and records `isBehind`. */
function slowEngine(answerMs: number): { engine: Engine; told: boolean[] } {
  const told: boolean[] = [];
  const engine: Partial<Engine> = {
    generation: 1,
    started: () => Promise.resolve(null),
    resetLive: () => Promise.resolve(),
    analyzeLive: async (_frame, timestampMs, _stream, isBehind = false) => {
      told.push(isBehind);
      await new Promise((resolve) => setTimeout(resolve, answerMs));
      return frameOf(timestampMs, skippedFace(1));
    },
  };
  return { engine: engine as Engine, told };
}

/** A playing video whose frames the test shows. */
function standInVideo() {
  let show: FrameCallback = () => undefined;
  const video = {
    readyState: 4,
    videoWidth: 640,
    currentTime: 0,
    requestVideoFrameCallback: (callback: FrameCallback) => {
      show = callback;
      return 1;
    },
    cancelVideoFrameCallback: () => undefined,
  };
  return { video: video as unknown as HTMLVideoElement, show: (ms: number) => show(ms, { presentedFrames: 1 }) };
}

function read(video: HTMLVideoElement, engineNow: () => Engine) {
  const results: FrameResult[] = [];
  const errors: (readonly [reason: string, ended: boolean])[] = [];
  const dropped: string[] = [];
  const reading = new LiveReading({
    video,
    engine: () => Promise.resolve({ engine: engineNow(), health: {} as EngineHealth }),
    stream: { name: 'test', search: 'fast' },
    tracks: new TrackNumbers(),
    onResult: (result) => results.push(result),
    onDrop: (_frameMs, why) => dropped.push(why),
    onError: ({ reason }, ended) => errors.push([reason, ended]),
  });
  return { reading, results, errors, dropped };
}

describe('LiveReading', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
    vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 });
    vi.stubGlobal('createImageBitmap', () => Promise.resolve({ close: () => undefined }));
    const context = { drawImage: () => undefined, getImageData: () => undefined };
    vi.stubGlobal('OffscreenCanvas', class { getContext = () => context; });
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('reads the current frame at once, and accepts a following one with an earlier time', async () => {
    const { video, show } = standInVideo();
    const engine = standInEngine();
    const { reading, results, errors } = read(video, () => engine);
    await vi.waitFor(() => expect(results).toHaveLength(1));
    // The browser's frame time is when the page began to draw, which may be before the reading started.
    show(performance.now() - 100);
    await vi.waitFor(() => expect(results).toHaveLength(2));
    expect(errors).toEqual([]);
    expect(results[1]?.timestampMs).toBe(results[0]?.timestampMs);
    reading.stop();
  });

  it.each([
    [33, 300, true],
    [33, 15, false],
    [1000, 300, false],
  ])('tells the engine whether frames come faster than it reads them: every %d ms, read in %d', async (frameMs, answerMs, isBehind) => {
    const { video, show } = standInVideo();
    const { engine, told } = slowEngine(answerMs);
    const { reading } = read(video, () => engine);
    for (let ms = 0; ms < 6000; ms += frameMs) {
      await vi.advanceTimersByTimeAsync(frameMs);
      show(performance.now());
    }
    expect(told[0]).toBe(false);
    expect(told.length).toBeGreaterThan(4);
    expect(new Set(told.slice(1))).toEqual(new Set([isBehind]));
    reading.stop();
  });

  it('ends after six consecutive failures, also at one frame per second', async () => {
    const { video, show } = standInVideo();
    const engine = standInEngine(() => {
      throw new MienError('engine', 'timeout');
    });
    const { errors } = read(video, () => engine);
    for (let second = 0; second < 20; second++) {
      await vi.advanceTimersByTimeAsync(3000);
      show(performance.now());
    }
    expect(errors).toEqual([...Array.from({ length: 5 }, () => ['timeout', false]), ['timeout', true]]);
  });

  it('continues with the next engine, whose tracks get new numbers', async () => {
    const { video, show } = standInVideo();
    let current = standInEngine();
    const { reading, results, errors, dropped } = read(video, () => current);
    await vi.waitFor(() => expect(results).toHaveLength(1));
    const next = standInEngine();
    current = standInEngine(() => {
      current = next;
      throw new MienError('engine', 'disposed');
    });
    show(performance.now());
    await vi.advanceTimersByTimeAsync(10);
    show(performance.now());
    await vi.waitFor(() => expect(results).toHaveLength(2));
    expect(errors).toEqual([]);
    expect(results.map(({ faces }) => faces[0]?.track)).toEqual([1, 2]);
    reading.stop();
    expect(dropped).toEqual(['replaced']);
  });

  it('tells of the frame under way when it is stopped, once', async () => {
    const { video } = standInVideo();
    const { engine } = slowEngine(300);
    const { reading, results, dropped } = read(video, () => engine);
    await vi.advanceTimersByTimeAsync(100);
    reading.stop();
    expect(dropped).toEqual(['stopped']);
    await vi.advanceTimersByTimeAsync(1000);
    expect([results, dropped]).toEqual([[], ['stopped']]);
  });

  it('tells of no frame that has failed already when it is stopped', async () => {
    const { video } = standInVideo();
    const engine = standInEngine(() => {
      throw new MienError('engine', 'timeout');
    });
    const { reading, errors, dropped } = read(video, () => engine);
    await vi.advanceTimersByTimeAsync(10);
    reading.stop();
    expect([errors, dropped]).toEqual([[['timeout', false]], []]);
  });

  it('tells of no frame whose result stops it', async () => {
    const { video } = standInVideo();
    const dropped: string[] = [];
    const results: number[] = [];
    const reading = new LiveReading({
      video,
      engine: () => Promise.resolve({ engine: standInEngine(), health: {} as EngineHealth }),
      stream: { name: 'test', search: 'fast' },
      tracks: new TrackNumbers(),
      onResult: ({ timestampMs }) => {
        results.push(timestampMs);
        reading.stop();
      },
      onDrop: (_frameMs, why) => dropped.push(why),
      onError: () => undefined,
    });
    await vi.advanceTimersByTimeAsync(10);
    expect([results.length, dropped]).toEqual([1, []]);
  });

  it('tells of no frame that was not sent when the engine was replaced', async () => {
    const { video, show } = standInVideo();
    const next = standInEngine();
    let current: Engine = next;
    const started = () => {
      current = next;
      return Promise.reject(new MienError('engine', 'disposed'));
    };
    current = { ...standInEngine(), started };
    const { reading, results, dropped } = read(video, () => current);
    await vi.advanceTimersByTimeAsync(10);
    show(performance.now());
    await vi.waitFor(() => expect(results).toHaveLength(1));
    reading.stop();
    expect(dropped).toEqual([]);
  });

  it('tells when it waits for an engine that loads or restarts, and then reads the frame on screen', async () => {
    const { video, show } = standInVideo();
    const engine = standInEngine();
    const log: string[] = [];
    let begin: () => void = () => undefined;
    const loading = new Promise<void>((resolve) => (begin = resolve));
    let source: Promise<Engine> = loading.then(() => engine);
    const startMs = performance.now();
    const reading = new LiveReading({
      video,
      engine: () => source.then((current) => ({ engine: current, health: {} as EngineHealth })),
      stream: { name: 'test', search: 'fast' },
      tracks: new TrackNumbers(),
      onWait: (isWaiting) => log.push(isWaiting ? 'waits' : 'goes on'),
      onResult: ({ timestampMs }) => log.push(`read ${timestampMs - startMs}`),
      onError: ({ reason }) => log.push(reason),
    });
    const showAt = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms - (performance.now() - startMs));
      show(performance.now());
      await vi.advanceTimersByTimeAsync(1);
    };
    await showAt(2000);
    expect(log.splice(0)).toEqual(['waits']);
    begin();
    await showAt(2500);
    expect(log.splice(0)).toEqual(['goes on', 'read 2000', 'read 2500']);
    engine.started = () => new Promise((resolve) => (begin = () => resolve(null)));
    await showAt(3000);
    await showAt(4000);
    expect(log.splice(0)).toEqual(['waits']);
    engine.started = () => Promise.resolve(null);
    begin();
    await vi.advanceTimersByTimeAsync(1);
    expect(log.splice(0)).toEqual(['goes on', 'read 4000']);
    // Replaced while a frame is under way.
    let replace: () => void = () => undefined;
    engine.analyzeLive = () => {
      source = new Promise((resolve) => (replace = () => resolve(standInEngine())));
      return Promise.reject(new MienError('engine', 'disposed'));
    };
    await showAt(4500);
    expect(log.splice(0)).toEqual(['waits']);
    replace();
    await showAt(5000);
    expect(log).toEqual(['goes on', 'read 5000']);
    reading.stop();
  });

  it('ends at once if its engine was disposed for good', async () => {
    const { video } = standInVideo();
    const engine = standInEngine(() => {
      throw new MienError('engine', 'disposed');
    });
    const { errors } = read(video, () => engine);
    await vi.advanceTimersByTimeAsync(10);
    expect(errors).toEqual([['disposed', true]]);
  });
});
