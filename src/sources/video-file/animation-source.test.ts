import { afterEach, expect, it, vi } from 'vitest';
import { openAnimation } from './animation-source';

afterEach(() => vi.unstubAllGlobals());

it('tries a file again that could not be decoded before', async () => {
  const image = { displayWidth: 40, displayHeight: 30, duration: 200_000, close: () => undefined };
  const decode = vi.fn(() => Promise.resolve({ image })).mockRejectedValueOnce(new Error('out of memory'));
  vi.stubGlobal('ImageDecoder', class {
    static isTypeSupported = () => Promise.resolve(true);
    readonly tracks = { ready: Promise.resolve(), selectedTrack: { frameCount: 1 } };
    readonly completed = Promise.resolve();
    readonly decode = decode;
    readonly close = () => undefined;
  });
  const file = new Blob(['GIF89a']);
  const open = () => openAnimation(file, 'gif', { name: 'a.gif', bytes: file.size });
  await expect(open()).rejects.toMatchObject({ reason: 'damaged' });
  expect((await open()).info).toMatchObject({ frameCount: 1, endMs: 200 });
});
