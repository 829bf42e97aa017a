import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { OnBytes } from './assets';
import { MienError } from './errors';
import { FaceDetector } from './face-detector';
import { LiveSearch } from './face-detector/live-search';
import type { ModelFile } from './face-detector/mediapipe-runtime';

const FULL = 'face_detection_full_range_sparse.tflite';

const { fetched, arrival, started, made } = vi.hoisted(() => ({
  /** Networks wait for `wait` before they are created, and tell `dispose` their binary. */
  made: { wait: Promise.resolve(), dispose: (_binary: string): unknown => undefined },
  fetched: [] as string[],
  arrival: { last: Promise.resolve() },
  /** Binaries, in order. */
  started: [] as string[],
}));

const SMALLER = 'smaller' as unknown as WebAssembly.Module;
const compileWhole = vi.hoisted(() => vi.fn());

vi.mock('./face-detector/whole-detector', async (original) => ({ ...(await original<object>()), compileWholeDetector: compileWhole }));

vi.mock('./face-detector/mediapipe-runtime', () => ({
  fetchModel: async (_base: string, name: string): Promise<ModelFile> => {
    fetched.push(name);
    await arrival.last;
    return { name, bytes: new Uint8Array(1) };
  },
  MediaPipeRuntime: {
    load: async (_loader: unknown, compiling: Promise<unknown>) => {
      const binary = String(await compiling);
      started.push(binary);
      return {
        createDetector: async () => {
          await made.wait;
          return { run: () => [], dispose: () => made.dispose(binary) };
        },
      };
    },
  },
}));

beforeEach(() => {
  fetched.length = 0;
  arrival.last = Promise.resolve();
  started.length = 0;
  Object.assign(made, { wait: Promise.resolve(), dispose: () => undefined });
  compileWhole.mockReset().mockResolvedValue('whole');
  vi.stubGlobal('OffscreenCanvas', class {
    getContext = () => ({ drawImage: () => undefined });
  });
});
afterEach(() => vi.unstubAllGlobals());

const create = (onBytes: OnBytes = () => undefined) =>
  FaceDetector.create({
    onBytes,
    assetBase: 'https://mien.test/',
    compiling: Promise.resolve(SMALLER),
    loader: Promise.resolve(() => Promise.resolve({})),
  });

/** Reads no frame: only the files matter here. */
function search(): LiveSearch {
  const live = new LiveSearch(false);
  vi.spyOn(live, 'advance').mockReturnValue([]);
  return live;
}

const frame = { width: 640, height: 480 } as ImageBitmap;

test('the first live frame does not wait for the full range, and the second one starts its download', async () => {
  const detector = await create();
  const live = search();
  const see = (timestampMs: number) => detector.detectLive(frame, live, () => [], timestampMs, false);
  await see(0);
  expect(fetched).not.toContain(FULL);
  await see(33);
  await see(66);
  expect(fetched.filter((name) => name === FULL)).toHaveLength(1);
});

test('calls whose results must not depend on loading wait for both networks', async () => {
  const detector = await create();
  let come: () => void = () => undefined;
  arrival.last = new Promise((resolve) => (come = resolve));
  const log: string[] = [];
  const all = detector.loadAll(async (meanwhile) => {
    await meanwhile;
  });
  void all.then(() => log.push('all there'));
  await Promise.resolve();
  expect(log).toEqual([]);
  come();
  await all;
  expect(fetched).toContain(FULL);
});

describe('after a trap', () => {
  /** A search that traps `times` times. */
  function trapping(times: number): LiveSearch {
    const live = search();
    const advance = vi.spyOn(live, 'advance');
    for (let i = 0; i < times; i++) {
      advance.mockImplementationOnce(() => {
        throw new MienError('engine', 'unknown', '', new WebAssembly.RuntimeError('unreachable'));
      });
    }
    return live;
  }

  it('the frame is read again by the whole binary, which stays', async () => {
    const detector = await create();
    const live = trapping(1);
    const startOver = vi.spyOn(live, 'startOver');
    for (const timestampMs of [0, 33]) expect(await detector.detectLive(frame, live, () => [], timestampMs, false)).toEqual([]);
    expect(started).toEqual(['smaller', 'whole']);
    expect(startOver).toHaveBeenCalledOnce();
  });

  it('the download of the whole binary is reported', async () => {
    const heard: number[] = [];
    const detector = await create((bytes) => heard.push(bytes));
    compileWhole.mockImplementation((_assetBase: string, onBytes?: OnBytes) => {
      onBytes?.(7);
      return Promise.resolve('whole');
    });
    await detector.detectLive(frame, trapping(1), () => [], 0, false);
    expect(heard).toEqual([7]);
  });

  it('a trap of the whole binary is an error', async () => {
    const detector = await create();
    await expect(detector.detectLive(frame, trapping(2), () => [], 0, false)).rejects.toThrow(MienError);
    await expect(detector.detectLive(frame, trapping(1), () => [], 33, false)).rejects.toThrow(MienError);
    expect(started).toEqual(['smaller', 'whole']);
  });

  it('a whole binary that does not arrive is asked for again', async () => {
    const detector = await create();
    compileWhole.mockRejectedValueOnce(new MienError('model', 'network'));
    await expect(detector.detectLive(frame, trapping(1), () => [], 0, false)).rejects.toMatchObject({ kind: 'model', reason: 'network' });
    expect(await detector.detectLive(frame, trapping(1), () => [], 33, false)).toEqual([]);
    expect(started).toEqual(['smaller', 'whole']);
  });

  it('a network that was loading for the smaller binary is loaded for the whole one', async () => {
    const detector = await create();
    const disposed: string[] = [];
    made.dispose = (binary) => disposed.push(binary);
    let come: () => void = () => undefined;
    made.wait = new Promise((resolve) => (come = resolve));
    const loading = detector.loadAll(async (meanwhile) => {
      await meanwhile;
    });
    // It has asked the smaller binary by now.
    await new Promise((done) => setTimeout(done));
    made.wait = Promise.resolve();
    await detector.detectLive(frame, trapping(1), () => [], 0, false);
    come();
    await loading;
    expect(disposed).toEqual(['smaller']);
    detector.dispose();
    expect(disposed).toEqual(['smaller', 'whole', 'whole']);
  });

  it('both networks are loaded again', async () => {
    const detector = await create();
    await detector.loadAll(async (meanwhile) => {
      await meanwhile;
    });
    fetched.length = 0;
    await detector.detectLive(frame, trapping(1), () => [], 0, false);
    expect(fetched).toEqual(['face_detection_short_range.tflite', FULL]);
  });
});
