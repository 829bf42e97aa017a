import { expect, it, vi } from 'vitest';
import { MienError } from './errors';
import { FaceDetector } from './face-detector';
import type { FaceNetworks } from './face-networks';
import { Pipeline } from './pipeline';

it('frees the detector if the networks do not start', async () => {
  const detector = { dispose: vi.fn() };
  vi.spyOn(FaceDetector, 'create').mockResolvedValue(detector as unknown as FaceDetector);
  const networks = { ready: () => Promise.reject(new MienError('model', 'corrupt', 'weights.bin')) } as unknown as FaceNetworks;
  const started = Pipeline.create(
    { assetBase: 'https://mien.invalid/', settings: { smoothingMs: 0, sensitivity: 'balanced' }, compiling: new Promise(() => undefined), loader: new Promise(() => undefined), networks },
    () => undefined,
  );
  await expect(started).rejects.toMatchObject({ kind: 'model', reason: 'corrupt' });
  expect(detector.dispose).toHaveBeenCalledOnce();
  vi.restoreAllMocks();
});
