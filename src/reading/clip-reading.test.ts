import { expect, it, vi } from 'vitest';
import type { MienError } from '../engine/errors';
import type { EngineHealth, StreamOptions } from '../engine/types';
import { intervalsBetween, IntervalTally } from '../session/interval-statistics';
import { classifiedFace, frameOf, skippedFace } from '../session/observation-fixture';
import type { ReadingAccount } from '../session/reading-account';
import { spanOf, type SessionInfo } from '../session/session-info';
import { summarise } from '../session/statistics';
import type { SourceSample, VideoFileSource, VideoInfo } from '../sources/video-file-source';
import { ClipReading } from './clip-reading';
import type { ReadyEngine } from './engine-source';

const PART = { framesPerSecond: 5, search: 'thorough', fromMs: 0, toMs: 1000 } as const;
const INFO = { bytes: 9, container: 'mkv', codec: 'vp8', size: { width: 4, height: 3 }, startMs: 0, endMs: 1000, brokenOffAtMs: null, track: 0, tracks: [], recordings: 1, notRead: [] };
const MODEL = { id: 'mien-s', version: '1.0.0', sha256: 'abc' };
const SAMPLE = { status: 'read', sample: 0, frameNumber: 0, timestampMs: 0, momentMs: 0, frame: { close: () => undefined } } as unknown as SourceSample;

interface Given {
  readonly info?: Partial<VideoInfo>;
  readonly health?: Partial<EngineHealth>;
}

/** A clip of one frame, read at the sensitivity `eager`: its account, and how the engine was asked. */
async function read({ info, health }: Given): Promise<{ readonly account: ReadingAccount | null; readonly asked: readonly StreamOptions[] }> {
  const asked: StreamOptions[] = [];
  const analyzeNext = (_frame: unknown, timestampMs: number, stream: StreamOptions) => {
    asked.push(stream);
    return Promise.resolve(frameOf(timestampMs));
  };
  const engine = { engine: { resetLive: () => Promise.resolve(), health: () => Promise.resolve({ backend: 'wasm' }), analyzeNext, generation: 1 }, health: { model: MODEL, backend: 'wasm', brought: null, ...health } } as unknown as ReadyEngine;
  const reading = new ClipReading({ part: PART, engine: () => Promise.resolve(engine), smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  const source = { info: { ...INFO, ...info }, frames: () => [SAMPLE], close: () => undefined } as unknown as VideoFileSource;
  await reading.run(source, new AbortController().signal);
  return { account: reading.account(), asked };
}

it('reports the start of a container’s clock, also below 0', async () => {
  expect((await read({ info: { startMs: 40 } })).account?.source.startMs).toBe(40);
  expect((await read({ info: { startMs: -500 } })).account?.source.startMs).toBe(-500);
});

it('is read at the sensitivity that its account names, whatever becomes of the engine’s', async () => {
  const { account, asked } = await read({});
  expect(account).toMatchObject({ framesRead: 1, sensitivity: 'eager' });
  expect(asked).toMatchObject([{ name: 'clip', sensitivity: 'eager' }]);
});

it('names no sensitivity where another model reads', async () => {
  expect((await read({ health: { brought: {} as EngineHealth['brought'] } })).account?.sensitivity).toBeNull();
});

it.each([
  ['continues with the next engine of the same model', MODEL, 2, null],
  ['ends when another model comes into use, with the rows of the first', { ...MODEL, sha256: 'def' }, 1, 'disposed'],
])('%s', async (_what, model, rows, reason) => {
  const analyzeNext = (_frame: unknown, timestampMs: number) => Promise.resolve(frameOf(timestampMs));
  const engineOf = (its: typeof MODEL) => ({ engine: { resetLive: () => Promise.resolve(), health: () => Promise.resolve({ backend: 'wasm' }), analyzeNext, generation: 1 }, health: { model: its, backend: 'wasm', brought: null } }) as unknown as ReadyEngine;
  const engines = [engineOf(MODEL), engineOf(MODEL), engineOf(model)];
  const next = () => Promise.resolve(engines.length > 1 ? (engines.shift() as ReadyEngine) : (engines[0] as ReadyEngine));
  const reading = new ClipReading({ part: PART, engine: next, smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  const source = { info: INFO, frames: () => [SAMPLE, { ...SAMPLE, sample: 1, timestampMs: 200 }], close: () => undefined } as unknown as VideoFileSource;
  const error = await reading.run(source, new AbortController().signal).then(() => null, (thrown: unknown) => (thrown as MienError).reason);
  expect([reading.account()?.framesRead, error]).toEqual([rows, reason]);
  expect(reading.session('id')?.model).toEqual(MODEL);
});

it('names each backend with which frames were read, in order', async () => {
  const health = { model: MODEL, backend: 'wasm', brought: null } as EngineHealth;
  const analyzeNext = async (_frame: unknown, timestampMs: number) => {
    await Promise.resolve();
    return frameOf(timestampMs);
  };
  const engine = { resetLive: () => Promise.resolve(), analyzeNext, generation: 1, health: () => Promise.resolve({ ...health, backend: 'webgl' }) };
  const reading = new ClipReading({ part: PART, engine: () => Promise.resolve({ engine, health } as unknown as ReadyEngine), smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  async function* frames() {
    yield SAMPLE;
    await new Promise((resolve) => setTimeout(resolve));
    yield { ...SAMPLE, sample: 1, timestampMs: 200 };
  }
  await reading.run({ info: INFO, frames, close: () => undefined } as unknown as VideoFileSource, new AbortController().signal);
  expect(reading.account()).toMatchObject({ framesRead: 2, backend: 'wasm', laterBackends: ['webgl'] });
});

it('keeps every row, however long the film', async () => {
  const analyzeNext = (_frame: unknown, timestampMs: number) => Promise.resolve(frameOf(timestampMs, skippedFace(1), skippedFace(2)));
  const engine = { engine: { resetLive: () => Promise.resolve(), health: () => Promise.resolve({ backend: 'wasm' }), analyzeNext, generation: 1 }, health: { model: MODEL, backend: 'wasm', brought: null } } as unknown as ReadyEngine;
  const reading = new ClipReading({ part: PART, engine: () => Promise.resolve(engine), smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  const samples = Array.from({ length: 3000 }, (_, sample) => ({ ...SAMPLE, sample, timestampMs: sample }));
  await reading.run({ info: INFO, frames: () => samples, close: () => undefined } as unknown as VideoFileSource, new AbortController().signal);
  expect(reading.account()?.framesRead).toBe(3000);
  expect([...reading.store.framesFrom(0)]).toHaveLength(3000);
});

it('includes the last frame’s own time when stopped, so that intervals count all faces of the summary', async () => {
  const analyzeNext = (_frame: unknown, timestampMs: number) => Promise.resolve(frameOf(timestampMs, classifiedFace(1, 'happy')));
  const engine = { engine: { resetLive: () => Promise.resolve(), health: () => Promise.resolve({ backend: 'wasm' }), analyzeNext, generation: 1 }, health: { model: MODEL, backend: 'wasm', brought: null } } as unknown as ReadyEngine;
  const stop = new AbortController();
  const reading = new ClipReading({ part: PART, engine: () => Promise.resolve(engine), smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  async function* frames() {
    for (const sample of [0, 1, 2]) yield { ...SAMPLE, sample, timestampMs: 200 * sample };
    await vi.waitFor(() => expect(reading.progress.framesRead).toBe(1));
    stop.abort();
  }
  await expect(reading.run({ info: INFO, frames, close: () => undefined } as unknown as VideoFileSource, stop.signal)).rejects.toThrow();
  const info = reading.session('id');
  const { store } = reading;
  expect(info).toMatchObject({ frames: 3, durationMs: 600, reading: { ending: 'stopped', framesLeftOut: [{ reason: 'stopped', count: 2 }] } });
  const tally = new IntervalTally(intervalsBetween([], spanOf(info as SessionInfo, store.getSnapshot().newestMs)));
  for (const face of store.since(-Infinity)) tally.add(face, face.track);
  expect([...tally.summaries()].map(({ everybody }) => everybody)).toEqual([summarise(store.since(-Infinity))]);
});
