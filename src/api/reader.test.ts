import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FrameResult } from '../engine/types';
import { Reader } from './reader';

const fakes = vi.hoisted(() => ({ calls: [] as string[], health: Promise.resolve(), answer: (): void => undefined }));
vi.mock('../workers/pipeline-client', () => {
  const result = { faces: [], frame: { width: 64, height: 64 } } as unknown as FrameResult;
  const engine = {
    health: () => fakes.health.then(() => ({ backend: 'wasm', model: {} })),
    analyzeStill: () => Promise.resolve(result),
    analyzeNext: () => {
      fakes.calls.push('frame');
      return new Promise((resolve) => (fakes.answer = () => resolve(result)));
    },
    resetLive: () => Promise.resolve(fakes.calls.push('reset')),
    dispose: () => Promise.resolve(fakes.calls.push('dispose')),
  };
  return { createEngine: () => Promise.resolve(engine) };
});

const OPTIONS = { assetBase: 'https://mien.test/', backend: 'wasm', mode: 'still', smoothingMs: 0, sensitivity: 'balanced' } as const;
const ABORTED = { kind: 'call', reason: 'aborted' };

/** An element whose picture comes when the test says so. */
class Picture extends EventTarget {
  readonly [Symbol.toStringTag] = 'HTMLImageElement';
  complete = false;
  readonly naturalWidth = 64;
  readonly naturalHeight = 64;
  #arrive: () => void = () => undefined;
  readonly #arrived = new Promise<void>((resolve) => (this.#arrive = resolve));
  decode = () => this.#arrived;

  load(): void {
    this.complete = true;
    this.#arrive();
    this.dispatchEvent(new Event('load'));
  }
}

let reader: Reader;
beforeEach(async () => {
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 64, height: 64, close: () => undefined }));
  vi.stubGlobal('OffscreenCanvas', class {
    getContext = () => ({ drawImage: () => undefined, getImageData: () => undefined });
  });
  Object.assign(fakes, { calls: [], health: Promise.resolve() });
  reader = await Reader.create(OPTIONS);
});
afterEach(() => void vi.unstubAllGlobals());

it('reads an element once it has loaded, and others meanwhile', async () => {
  const slow = new Picture();
  const quick = new Picture();
  const first = reader.read(slow);
  const second = reader.read(quick);
  quick.load();
  expect(await second).toMatchObject({ faces: [] });
  slow.load();
  expect(await first).toMatchObject({ faces: [] });
});

it('gives up at once an element that never loads', async () => {
  const giveUp = new AbortController();
  const call = expect(reader.read(new Picture(), giveUp.signal)).rejects.toMatchObject(ABORTED);
  giveUp.abort();
  await call;
});

it('ends with the reader the wait for one that never loads', async () => {
  const call = expect(reader.read(new Picture())).rejects.toMatchObject({ kind: 'engine', reason: 'disposed' });
  await reader.dispose();
  await call;
});

it('gives up at once a start whose model never comes', async () => {
  vi.stubGlobal('location', { href: 'https://page.test/' });
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  const giveUp = new AbortController();
  const call = expect(Reader.create({ ...OPTIONS, model: 'theirs.h5', signal: giveUp.signal })).rejects.toMatchObject(ABORTED);
  giveUp.abort();
  await call;
});

it('disposes an engine whose start is aborted while it reports its health', async () => {
  const giveUp = new AbortController();
  let report: () => void = () => undefined;
  fakes.health = new Promise((resolve) => (report = resolve));
  const call = expect(Reader.create({ ...OPTIONS, signal: giveUp.signal })).rejects.toMatchObject(ABORTED);
  await Promise.resolve();
  giveUp.abort();
  await call;
  report();
  await vi.waitFor(() => expect(fakes.calls).toEqual(['dispose']));
});

it('discards the tracks of an aborted picture before it reads the next one', async () => {
  const live = await Reader.create({ ...OPTIONS, mode: 'live' });
  const [first, second] = [new Picture(), new Picture()];
  for (const picture of [first, second]) picture.load();
  const giveUp = new AbortController();
  const call = expect(live.read(first, giveUp.signal)).rejects.toMatchObject(ABORTED);
  const next = live.read(second);
  await vi.waitFor(() => expect(fakes.calls).toEqual(['frame']));
  giveUp.abort();
  await call;
  fakes.answer();
  await vi.waitFor(() => expect(fakes.calls).toHaveLength(3));
  fakes.answer();
  await next;
  expect(fakes.calls).toEqual(['frame', 'reset', 'frame', 'reset']);
});

it('goes on to the next picture when one that never decodes is aborted in its turn', async () => {
  const stuck = new Picture();
  stuck.complete = true;
  const quick = new Picture();
  quick.load();
  const giveUp = new AbortController();
  const call = expect(reader.read(stuck, giveUp.signal)).rejects.toMatchObject(ABORTED);
  const next = reader.read(quick);
  giveUp.abort();
  await call;
  expect(await next).toMatchObject({ faces: [] });
});

it('refuses a gap in an array of crops', async () => {
  await expect(reader.classify(Array(2))).rejects.toMatchObject({ kind: 'call', reason: 'wrong-type' });
});
