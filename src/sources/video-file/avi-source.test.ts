import { afterEach, expect, it, vi } from 'vitest';
import { writeMotionJpeg } from '../../../scripts/drawn-faces/motion-jpeg';
import { openAvi } from './avi-source';

afterEach(() => vi.unstubAllGlobals());

it('shows the last picture as long as empty frames repeat it', async () => {
  class Bitmap {
    readonly width = 64;
    readonly height = 48;
    readonly close = () => undefined;
  }
  vi.stubGlobal('ImageBitmap', Bitmap);
  vi.stubGlobal('createImageBitmap', () => Promise.resolve(new Bitmap()));
  const pictures = [1, 0, 2, 0, 0, 0, 0, 0, 0, 0].map((length) => new Uint8Array(length));
  const file = new Blob([Uint8Array.from(writeMotionJpeg(pictures, { size: { width: 64, height: 48 }, framesPerSecond: 10 }))]);
  const source = await openAvi(file, { name: 'a.avi', bytes: file.size }, {});
  expect(source.info).toMatchObject({ endMs: 1000, frameCount: 2, brokenOffAtMs: null });
  const shown: (readonly [ms: number, frame: number | null])[] = [];
  for await (const sample of source.frames({ framesPerSecond: 5 })) shown.push(sample.status === 'read' ? [sample.timestampMs, sample.frameNumber] : [sample.momentMs, null]);
  expect(shown).toEqual([[0, 0], [200, 1], [400, 1], [600, 1], [800, 1]]);
});
