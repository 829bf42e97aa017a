import { oneFace } from '../scripts/drawn-faces/scenes';
import type { StaticServer } from '../scripts/static-server';
import { pictureOf } from './support/app';
import { createIn, loadClip, NEEDED_POLICY, openHost, serveLibrary } from './support/library';
import { expect, test } from './support/test';

let server: StaticServer;
test.beforeAll(async () => {
  server = await serveLibrary();
});
test.afterAll(() => server.close());

test('reports the fault of a call in one word', async ({ page }) => {
  await openHost(page, server, NEEDED_POLICY.replace('img-src', 'img-src http://other.test'));
  const { buffer } = await pictureOf(page, oneFace(), 'face.png');
  await page.route('http://other.test/face.png', (route) => route.fulfill({ contentType: 'image/png', body: buffer }));
  expect(await createIn(page, { mode: 'live' })).toBeNull();
  const told = await page.evaluate(async () => {
    const { mien, Mien } = window;
    // Calls that an untyped program may make.
    const untyped = mien as unknown as Record<'detect' | 'classifyFaces' | 'detectVideo', (input: unknown, options?: object) => Promise<unknown>> & {
      track(video: unknown, callback: unknown, options?: unknown): void;
    };
    const detect = (image: unknown) => untyped.detect(image);
    const classify = (crops: unknown) => untyped.classifyFaces(crops);
    const readVideo = (file: unknown, options?: object) => untyped.detectVideo(file, options);
    const follow = (video: unknown, callback: unknown) => Promise.resolve().then(() => untyped.track(video, callback));
    const create = Mien.createRecognizer as (options: unknown) => Promise<unknown>;
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
      'no moment': () => readVideo(new Blob(['x']), { toMs: null }),
      'moment in words': () => readVideo(new Blob(['x']), { fromMs: '500' }),
      'detect options': () => untyped.detect(canvas(64, 64), null as unknown as object),
      'picture name': () => untyped.detect(canvas(64, 64), { file: 7 }),
      signal: () => untyped.detect(canvas(64, 64), { signal: {} }),
      'crop options': () => untyped.classifyFaces([], null as unknown as object),
      'no crops at all': () => classify(undefined),
      'no video at all': () => readVideo(undefined),
      'null video': () => readVideo(null),
      'video options': () => readVideo(new Blob(['x']), null as unknown as object),
      'video callback': () => readVideo(new Blob(['x']), { onProgress: 7 }),
      'null to follow': () => follow(null, () => undefined),
      'options to follow': () => Promise.resolve().then(() => untyped.track(document.createElement('video'), () => undefined, null)),
      'no element to follow': () => follow(canvas(48, 48), () => undefined),
      'no callback': () => follow(document.createElement('video'), 7),
      backend: () => create({ backend: 'webgpu' }),
      mode: () => create({ mode: 'fast' }),
      smoothing: () => create({ smoothingMs: -1 }),
      'no options': () => create(null),
      'a word for options': () => create('live'),
      'load callback': () => create({ onLoadProgress: true }),
      'start signal': () => create({ signal: null }),
      'asset base of another type': () => create({ assetBase: 7 }),
      'asset base': () => create({ assetBase: 'http://' }),
      'asset base without a path': () => create({ assetBase: 'data:text/html,x' }),
      'format of no model': () => create({ modelInput: { scaling: 'unit' } }),
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
    'no moment': 'call/wrong-type',
    'moment in words': 'call/wrong-type',
    'detect options': 'call/wrong-type',
    'picture name': 'call/wrong-type',
    signal: 'call/wrong-type',
    'crop options': 'call/wrong-type',
    'no crops at all': 'call/wrong-type',
    'no video at all': 'call/wrong-type',
    'null video': 'call/wrong-type',
    'video options': 'call/wrong-type',
    'video callback': 'call/wrong-type',
    'null to follow': 'call/wrong-type',
    'options to follow': 'call/wrong-type',
    'no element to follow': 'call/wrong-type',
    'no callback': 'call/wrong-type',
    backend: 'call/out-of-range',
    mode: 'call/out-of-range',
    smoothing: 'call/out-of-range',
    'no options': 'call/wrong-type',
    'a word for options': 'call/wrong-type',
    'load callback': 'call/wrong-type',
    'start signal': 'call/wrong-type',
    'asset base of another type': 'call/wrong-type',
    'asset base': 'call/out-of-range',
    'asset base without a path': 'call/out-of-range',
    'format of no model': 'call/out-of-range',
    'aborted start': 'call/aborted',
  });
});

test('an exception in a callback is reported by the page, and stops nothing', async ({ page }) => {
  await openHost(page, server);
  await loadClip(page);
  const outcome = await page.evaluate(async () => {
    const reported = new Set<string>();
    window.addEventListener('error', (event) => {
      reported.add((event.error as Error).message);
      event.preventDefault();
    });
    const fail = (what: string) => () => {
      throw new Error(what);
    };
    const mien = await window.Mien.createRecognizer({ backend: 'wasm', onLoadProgress: fail('loading') });
    const { results } = await mien.detectVideo(window.clip, { frameRate: 1, onProgress: fail('progress') });
    const video = Object.assign(document.createElement('video'), { src: URL.createObjectURL(window.clip), muted: true, loop: true });
    await video.play();
    const frames = await new Promise<number>((resolve) => {
      let seen = 0;
      const stop = mien.track(video, () => {
        seen++;
        if (seen === 3) {
          stop();
          resolve(seen);
        }
        throw new Error('frame');
      });
    });
    await mien.dispose();
    return { reported: [...reported].sort(), results: results.length, frames };
  });
  expect(outcome).toEqual({ reported: ['frame', 'loading', 'progress'], results: 3, frames: 3 });
});
