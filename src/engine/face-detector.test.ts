import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FaceDetector } from './face-detector';
import { LiveSearch } from './face-detector/live-search';
import type { ModelFile } from './face-detector/mediapipe-runtime';

const FULL = 'face_detection_full_range_sparse.tflite';

const { fetched, arrival } = vi.hoisted(() => ({ fetched: [] as string[], arrival: { last: Promise.resolve() } }));

vi.mock('./face-detector/mediapipe-runtime', () => ({
  fetchModel: async (_base: string, name: string): Promise<ModelFile> => {
    fetched.push(name);
    await arrival.last;
    return { name, bytes: new Uint8Array(1) };
  },
  MediaPipeRuntime: { load: () => Promise.resolve({ createDetector: () => Promise.resolve({ run: () => [], dispose: () => undefined }) }) },
}));

beforeEach(() => {
  fetched.length = 0;
  arrival.last = Promise.resolve();
  vi.stubGlobal('OffscreenCanvas', class {
    getContext = () => ({ drawImage: () => undefined });
  });
});
afterEach(() => vi.unstubAllGlobals());

const create = () =>
  FaceDetector.create({
    assetBase: 'https://mien.test/',
    compiling: Promise.resolve(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
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
