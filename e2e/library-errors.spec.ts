import { expect, test } from '@playwright/test';
import { oneFace } from '../scripts/drawn-faces/scenes';
import type { StaticServer } from '../scripts/static-server';
import { pictureOf } from './support/app';
import { createIn, NEEDED_POLICY, openHost, serveLibrary } from './support/library';

let server: StaticServer;
test.beforeAll(async () => {
  server = await serveLibrary();
});
test.afterAll(() => server.close());

test('says in one word what was wrong with a call', async ({ page }) => {
  await openHost(page, server, NEEDED_POLICY.replace('img-src', 'img-src http://other.test'));
  const { buffer } = await pictureOf(page, oneFace(), 'face.png');
  await page.route('http://other.test/face.png', (route) => route.fulfill({ contentType: 'image/png', body: buffer }));
  expect(await createIn(page, { mode: 'live' })).toBeNull();
  const told = await page.evaluate(async () => {
    const { mien, Mien } = window;
    // What a program without types may send.
    const untyped = mien as unknown as Record<'detect' | 'classifyFaces' | 'detectVideo', (input: unknown, options?: object) => Promise<unknown>> & {
      track(video: unknown, callback: unknown): void;
    };
    const detect = (image: unknown) => untyped.detect(image);
    const classify = (crops: unknown) => untyped.classifyFaces(crops);
    const readVideo = (file: unknown, options?: object) => untyped.detectVideo(file, options);
    const follow = (video: unknown, callback: unknown) => Promise.resolve().then(() => untyped.track(video, callback));
    const create = Mien.createRecognizer as (options: object) => Promise<unknown>;
    const canvas = (width: number, height: number) => Object.assign(document.createElement('canvas'), { width, height });
    const foreign = Object.assign(new Image(), { src: 'http://other.test/face.png' });
    await foreign.decode();
    const tainted = canvas(64, 64);
    tainted.getContext('2d')?.drawImage(foreign, 0, 0);
    const closed = await createImageBitmap(canvas(64, 64));
    closed.close();
    const aborted = AbortSignal.abort();
    const calls: Record<string, () => Promise<unknown>> = {
      number: () => detect(7),
      nothing: () => detect(null),
      address: () => detect('https://example.com/face.jpg'),
      'plain object': () => detect({ width: 640, height: 480 }),
      'div element': () => detect(document.createElement('div')),
      'empty canvas': () => detect(canvas(0, 0)),
      'closed bitmap': () => detect(closed),
      'small canvas': () => detect(canvas(16, 16)),
      'huge canvas': () => detect(canvas(9000, 9000)),
      'empty file': () => detect(new Blob([])),
      'text file': () => detect(new Blob(['no picture'])),
      'broken base64': () => detect('data:image/png;base64,!!!'),
      'image without source': () => detect(new Image()),
      'video without source': () => detect(document.createElement('video')),
      'image of another site': () => detect(foreign),
      'canvas with it': () => detect(tainted),
      'aborted before': () => mien.detect(canvas(64, 64), { signal: aborted }),
      'one crop alone': () => classify(canvas(48, 48)),
      'crop of another site': () => classify([canvas(48, 48), tainted]),
      'crops of words': () => classify(['happy']),
      'video of words': () => readVideo('clip.mp4'),
      'empty video': () => readVideo(new Blob([])),
      'no video': () => readVideo(new Blob(['x'.repeat(100)])),
      'no rate': () => readVideo(new Blob(['x']), { frameRate: 0 }),
      'range backwards': () => readVideo(new Blob(['x']), { fromMs: 2000, toMs: 1000 }),
      'no element to follow': () => follow(canvas(48, 48), () => undefined),
      'no callback': () => follow(document.createElement('video'), 7),
      backend: () => create({ backend: 'webgpu' }),
      mode: () => create({ mode: 'fast' }),
      smoothing: () => create({ smoothingMs: -1 }),
      'asset base': () => create({ assetBase: 'http://' }),
      'aborted start': () => create({ signal: aborted }),
    };
    const outcomes: Record<string, string> = {};
    for (const [name, call] of Object.entries(calls)) {
      outcomes[name] = await call().then(() => 'fulfilled', (error: unknown) => (error instanceof Mien.MienError ? `${error.kind}/${error.reason}` : String(error)));
    }
    return outcomes;
  });
  expect(told).toEqual({
    number: 'call/wrong-type',
    nothing: 'call/wrong-type',
    address: 'call/wrong-type',
    'plain object': 'call/wrong-type',
    'div element': 'call/wrong-type',
    'empty canvas': 'image/empty',
    'closed bitmap': 'image/empty',
    'small canvas': 'image/too-small',
    'huge canvas': 'image/too-large',
    'empty file': 'image/empty',
    'text file': 'image/not-an-image',
    'broken base64': 'image/damaged',
    'image without source': 'image/damaged',
    'video without source': 'image/not-ready',
    'image of another site': 'image/cross-origin',
    'canvas with it': 'image/cross-origin',
    'aborted before': 'call/aborted',
    'one crop alone': 'call/wrong-type',
    'crop of another site': 'image/cross-origin',
    'crops of words': 'call/wrong-type',
    'video of words': 'call/wrong-type',
    'empty video': 'video/empty',
    'no video': 'video/not-a-video',
    'no rate': 'call/out-of-range',
    'range backwards': 'call/out-of-range',
    'no element to follow': 'call/wrong-type',
    'no callback': 'call/out-of-range',
    backend: 'call/out-of-range',
    mode: 'call/out-of-range',
    smoothing: 'call/out-of-range',
    'asset base': 'call/out-of-range',
    'aborted start': 'call/aborted',
  });
});
