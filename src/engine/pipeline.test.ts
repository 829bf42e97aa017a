import { afterEach, expect, it, vi } from 'vitest';
import { MienError } from './errors';
import { FaceDetector, type OnFirstLook, type Pause } from './face-detector';
import { faceAt } from './face-detector/face-fixture';
import { square } from './face-detector/looks-fixture';
import type { FaceNetworks } from './face-networks';
import { toProbabilities } from './labels';
import { Pipeline } from './pipeline';
import type { FaceDetection, FrameResult } from './types';

vi.mock('./face-crop', async (original) => ({
  ...(await original<typeof import('./face-crop')>()),
  FaceCropper: class {
    crop = (_: unknown, regions: readonly unknown[]) => new Float32Array(48 * 48 * regions.length);
  },
}));
vi.mock('./frame-sampler', () => ({ FrameSampler: vi.fn() }));
afterEach(() => void vi.restoreAllMocks());

const OPTIONS = { assetBase: 'https://mien.invalid/', settings: { smoothingMs: 0, sensitivity: 'balanced' }, compiling: new Promise<never>(() => undefined), loader: new Promise<never>(() => undefined) } as const;

it('frees the detector if the networks do not start', async () => {
  const detector = { dispose: vi.fn() };
  vi.spyOn(FaceDetector, 'create').mockResolvedValue(detector as unknown as FaceDetector);
  const networks = { ready: () => Promise.reject(new MienError('model', 'corrupt', 'weights.bin')) } as unknown as FaceNetworks;
  const started = Pipeline.create(
    { ...OPTIONS, networks },
    () => undefined,
  );
  await expect(started).rejects.toMatchObject({ kind: 'model', reason: 'corrupt' });
  expect(detector.dispose).toHaveBeenCalledOnce();
});

const ANGRY = toProbabilities([1, 0, 0, 0, 0, 0, 0]);

/** Runs a first look with the given guessed and confirmed faces; returns its glance and the numbers of faces sent to the networks. */
async function glanceAt(guessed: readonly FaceDetection[], confirmed: readonly FaceDetection[]) {
  const asked: number[] = [];
  let askedBefore = 0;
  const detectStill = async (_frame: unknown, _pause: Pause, onFirstLook?: OnFirstLook) => {
    await onFirstLook?.(guessed, () => {
      askedBefore = asked.length;
      return confirmed;
    });
    return [];
  };
  vi.spyOn(FaceDetector, 'create').mockResolvedValue({ detectStill } as unknown as FaceDetector);
  const networks = {
    ready: () => Promise.resolve(null),
    classify: (crops: Float32Array) => {
      asked.push(crops.length / 48 ** 2);
      return Promise.resolve(Array.from({ length: crops.length / 48 ** 2 }, () => ({ probabilities: ANGRY, other: null })));
    },
    hiddenParts: () => Promise.resolve(null),
  } as unknown as FaceNetworks;
  const pipeline = await Pipeline.create({ ...OPTIONS, networks }, () => undefined);
  const seen: FrameResult[] = [];
  const frame = { width: 640, height: 480, close: vi.fn() };
  await pipeline.analyzeStill(frame, () => Promise.resolve(), (glance) => seen.push(glance));
  expect(frame.close).toHaveBeenCalledOnce();
  return { seen, askedBefore, asked };
}

const [LEFT, RIGHT] = [faceAt(square(40, 100, 150)), faceAt(square(400, 100, 150))];

it('reads a still\'s likely faces while they are being confirmed', async () => {
  const { seen, askedBefore, asked } = await glanceAt([LEFT, RIGHT], [RIGHT]);
  expect(askedBefore).toBe(1);
  // The final answer has no faces.
  expect(asked).toEqual([2, 0]);
  expect(seen.map(({ faces }) => faces)).toMatchObject([[{ status: 'classified', label: 'angry', box: RIGHT.box }]]);
});

it('reads a face again that is confirmed elsewhere, and reports no unconfirmed one', async () => {
  const moved = faceAt(square(410, 100, 150));
  const { seen, asked } = await glanceAt([LEFT, RIGHT], [LEFT, moved]);
  expect(asked).toEqual([2, 2, 0]);
  expect(seen[0]?.faces.map(({ box }) => box)).toEqual([LEFT.box, moved.box]);
  expect((await glanceAt([LEFT], [])).seen).toEqual([]);
});
