import { expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import type { EngineHealth, FrameResult, StreamOptions } from '../engine/types';
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

/** A frame that does nothing but count that it is closed. */
function sampleOf(sample: number, onClose: (timestampMs: number) => void = () => undefined): SourceSample {
  const timestampMs = 200 * sample;
  const frame = { close: () => onClose(timestampMs), clone: () => ({}) };
  return { status: 'read', sample, frameNumber: sample, timestampMs, frame } as unknown as SourceSample;
}

function sourceOf(count: number, onClose?: (timestampMs: number) => void, info: Partial<VideoInfo> = {}): VideoFileSource {
  const samples = Array.from({ length: count }, (_, sample) => sampleOf(sample, onClose));
  return { info: { ...INFO, ...info }, count: () => count, frames: () => samples, close: () => undefined } as unknown as VideoFileSource;
}

type Analyze = (frame: unknown, timestampMs: number, stream: StreamOptions) => Promise<FrameResult>;

function engineOf({ analyzeNext = (_frame, timestampMs) => Promise.resolve(frameOf(timestampMs)), health }: { readonly analyzeNext?: Analyze; readonly health?: Partial<EngineHealth> }): ReadyEngine {
  const engine = { resetLive: () => Promise.resolve(), analyzeNext, generation: 1 };
  return { engine, health: { model: MODEL, backend: 'wasm', brought: null, ...health } } as unknown as ReadyEngine;
}

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
  const engine = engineOf({ analyzeNext, ...(health && { health }) });
  const reading = new ClipReading({ part: PART, engine: () => Promise.resolve(engine), smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  await reading.run(sourceOf(1, undefined, info), new AbortController().signal);
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
  const engines = [engineOf({}), engineOf({}), engineOf({ health: { model } })];
  const next = () => Promise.resolve(engines.length > 1 ? (engines.shift() as ReadyEngine) : (engines[0] as ReadyEngine));
  const reading = new ClipReading({ part: PART, engine: next, smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  const error = await reading.run(sourceOf(2), new AbortController().signal).then(() => null, (thrown: unknown) => (thrown as MienError).reason);
  expect([reading.account()?.framesRead, error]).toEqual([rows, reason]);
  expect(reading.session('id')?.model).toEqual(MODEL);
});

it('names each backend with which frames were read, in order, however briefly', async () => {
  const backends = [['wasm'], [], ['webgl'], ['wasm']] as const;
  const analyzeNext = (_frame: unknown, timestampMs: number) => Promise.resolve({ ...frameOf(timestampMs), backends: backends[timestampMs / 200] ?? [] });
  const reading = new ClipReading({ part: PART, engine: () => Promise.resolve(engineOf({ analyzeNext })), smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  await reading.run(sourceOf(4), new AbortController().signal);
  expect(reading.account()).toMatchObject({ framesRead: 4, backend: 'wasm', laterBackends: ['webgl'] });
});

it('sends the frames that a replaced engine had not read to the next one, in order', async () => {
  const sent: (readonly [engine: string, timestampMs: number])[] = [];
  let dispose: () => void = () => undefined;
  const disposed = new Promise<never>((_, reject) => (dispose = () => reject(new MienError('engine', 'disposed'))));
  const first = engineOf({
    analyzeNext: (_frame, timestampMs) => {
      sent.push(['first', timestampMs]);
      if (sent.length < 2) return Promise.resolve(frameOf(timestampMs));
      current = second;
      setTimeout(dispose);
      return disposed;
    },
  });
  const second = engineOf({
    analyzeNext: (_frame, timestampMs) => {
      sent.push(['second', timestampMs]);
      return Promise.resolve(frameOf(timestampMs, classifiedFace(1, 'happy')));
    },
  });
  let current = first;
  const reading = new ClipReading({ part: PART, engine: () => Promise.resolve(current), smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  const closed: number[] = [];
  await reading.run(sourceOf(5, (timestampMs) => closed.push(timestampMs)), new AbortController().signal);
  expect(sent).toEqual([['first', 0], ['first', 200], ...[200, 400, 600, 800].map((ms) => ['second', ms])]);
  expect(reading.account()).toMatchObject({ framesAsked: 5, framesRead: 5, framesLeftOut: [] });
  expect(closed).toEqual([0, 200, 400, 600, 800]);
});

it('counts a frame as failed if its engine is gone for good', async () => {
  const analyzeNext = () => Promise.reject(new MienError('engine', 'disposed'));
  const only = engineOf({ analyzeNext });
  const reading = new ClipReading({ part: PART, engine: () => Promise.resolve(only), smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  await expect(reading.run(sourceOf(5), new AbortController().signal)).rejects.toMatchObject({ reason: 'disposed' });
  expect(reading.account()).toMatchObject({ framesAsked: 5, framesRead: 0, framesLeftOut: [{ reason: 'failed', count: 1 }, { reason: 'stopped', count: 4 }] });
});

it('keeps every row, however long the film', async () => {
  const analyzeNext = (_frame: unknown, timestampMs: number) => Promise.resolve(frameOf(timestampMs, skippedFace(1), skippedFace(2)));
  const reading = new ClipReading({ part: PART, engine: () => Promise.resolve(engineOf({ analyzeNext })), smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  await reading.run(sourceOf(3000), new AbortController().signal);
  expect(reading.account()?.framesRead).toBe(3000);
  expect([...reading.store.framesFrom(0)]).toHaveLength(3000);
});

it('includes the last frame’s own time when stopped, so that intervals count all faces of the summary', async () => {
  const analyzeNext = (_frame: unknown, timestampMs: number) => Promise.resolve(frameOf(timestampMs, classifiedFace(1, 'happy')));
  const engine = engineOf({ analyzeNext });
  const stop = new AbortController();
  const reading = new ClipReading({ part: PART, engine: () => Promise.resolve(engine), smoothingMs: 0, sensitivity: 'eager', stream: 'clip', name: 'a.mkv' });
  async function* frames() {
    for (const sample of [0, 1, 2]) yield sampleOf(sample);
    await vi.waitFor(() => expect(reading.progress.framesRead).toBe(1));
    stop.abort();
  }
  await expect(reading.run({ ...sourceOf(5), frames }, stop.signal)).rejects.toThrow();
  const info = reading.session('id');
  const { store } = reading;
  expect(info).toMatchObject({ frames: 3, durationMs: 600, reading: { ending: 'stopped', framesLeftOut: [{ reason: 'stopped', count: 2 }] } });
  const tally = new IntervalTally(intervalsBetween([], spanOf(info as SessionInfo, store.getSnapshot().newestMs)));
  for (const face of store.since(-Infinity)) tally.add(face, face.track);
  expect([...tally.summaries()].map(({ everybody }) => everybody)).toEqual([summarise(store.since(-Infinity))]);
});
