import { drawScene, oneFace } from '../scripts/drawn-faces/scenes';
import type { StaticServer } from '../scripts/static-server';
import { pictureOf } from './support/app';
import { createIn, loadClip, openHost, serveLibrary } from './support/library';
import { recordRequests } from './support/requests';
import { expect, test, type Page } from './support/test';

declare global {
  interface Window {
    engineWorker: Worker;
  }
}

let server: StaticServer;
/** Page with a recognizer for live pictures, shared by most tests: starting one costs more than their readings. The test that disposes it is last. */
let host: Page;
let requests: ReturnType<typeof recordRequests>;
test.beforeAll(async ({ browser }) => {
  server = await serveLibrary();
  host = await browser.newPage();
  requests = recordRequests(host.context());
  await openHost(host, server);
  expect(await createIn(host, { assetBase: '../mien/', mode: 'live' })).toBeNull();
});
test.afterAll(async () => {
  await host.context().close();
  await server.close();
});

/** The drawn person as a PNG's data URI, and the place of the face. */
async function drawnPerson(page: Page): Promise<string> {
  const { buffer } = await pictureOf(page, oneFace('happy'), 'happy.png');
  return `data:image/png;base64,${buffer.toString('base64')}`;
}

test('reads all kinds of pictures alike', async () => {
  const records = await host.evaluate(
    async ([uri, svg]) => {
      const image = Object.assign(new Image(), { src: uri });
      await image.decode();
      const { naturalWidth: width, naturalHeight: height } = image;
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done));
      if (!blob) throw new Error('no blob');
      const offscreen = new OffscreenCanvas(width, height);
      offscreen.getContext('2d')?.drawImage(image, 0, 0);
      const video = Object.assign(document.createElement('video'), { muted: true, srcObject: canvas.captureStream(10) });
      const redraw = setInterval(() => context.drawImage(image, 0, 0), 50);
      await video.play();
      const bitmap = await createImageBitmap(canvas);
      const inputs = {
        blob,
        file: new File([blob], 'happy.png'),
        'data URI': uri,
        'SVG data URI': `data:image/svg+xml,${encodeURIComponent(svg)}`,
        image,
        canvas,
        offscreen,
        pixels: context.getImageData(0, 0, width, height),
        bitmap,
        video,
      };
      const seen = [];
      for (const [kind, input] of Object.entries(inputs)) seen.push([kind, await window.mien.detect(input)] as const);
      clearInterval(redraw);
      return { seen: Object.fromEntries(seen), bitmapIsOpen: bitmap.width > 0 };
    },
    [await drawnPerson(host), oneFace('happy').svg] as const,
  );

  const reference = records.seen['blob'];
  if (!reference) throw new Error('no record');
  expect(reference).toMatchObject({ file: '', width: 640, height: 480, emotion: 'happy', model: { id: 'mien-s' } });
  expect(Object.keys(reference.faces[0]?.probabilities ?? {})).toEqual(['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral']);
  expect(records.seen['file']?.file).toBe('happy.png');
  expect(records.bitmapIsOpen).toBe(true);
  for (const [kind, record] of Object.entries(records.seen)) {
    expect(record.emotion, kind).toBe('happy');
    expect(record.faces, kind).toHaveLength(1);
    if (kind === 'SVG data URI') continue; // An SVG has no pixels of its own: it is drawn larger.
    record.faces[0]?.box.forEach((side, i) => expect(Math.abs(side - (reference.faces[0]?.box[i] ?? NaN)), kind).toBeLessThanOrEqual(4));
  }
  expect(requests.offOrigin(new URL(server.url).origin)).toEqual([]);
});

test('cropped faces are read as the app reads its own crops', async () => {
  const { record, crops, many, empty } = await host.evaluate(async (uri) => {
    const image = Object.assign(new Image(), { src: uri });
    await image.decode();
    const found = await window.mien.detect(image);
    const [x, y, width, height] = found.faces[0]?.box ?? [0, 0, 0, 0];
    /** The square that the app cuts for an upright face, at another size. */
    const crop = (size: number, wide = size) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: wide, height: size });
      const side = 1.1 * Math.max(width, height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.imageSmoothingQuality = 'high';
      const left = x + width / 2 - side / 2 - (((wide - size) / 2) * side) / size;
      context.drawImage(image, left, y + height * 0.4 - side / 2, (side * wide) / size, side, 0, 0, wide, size);
      return canvas;
    };
    const large = crop(240);
    const pixels = large.getContext('2d')?.getImageData(0, 0, 240, 240);
    const blank = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const given = [large, crop(48), crop(150), pixels ?? blank, blank, await createImageBitmap(large)];
    const told = await window.mien.classifyFaces(given);
    const forty = await window.mien.classifyFaces(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? large : blank)));
    return { record: found, crops: told, many: forty, empty: await window.mien.classifyFaces([]) };
  }, await drawnPerson(host));

  expect(crops).toHaveLength(6);
  const own = record.faces[0]?.probabilities;
  if (!own) throw new Error('no face');
  for (const i of [0, 1, 2, 3, 5]) {
    expect(crops[i]?.emotion, `crop ${i}`).toBe('happy');
    for (const [name, share] of Object.entries(crops[i]?.probabilities ?? {})) {
      expect(Math.abs(share - own[name as keyof typeof own]), `crop ${i}, ${name}`).toBeLessThan(0.12);
    }
  }
  // Image data and the canvas that it was read from hold the same pixels.
  expect(crops[3]).toEqual(crops[0]);
  for (const crop of crops) expect(Object.values(crop.probabilities).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2);
  expect(many.map(({ emotion }) => emotion)).toEqual(Array.from({ length: 40 }, (_, i) => crops[i % 2 === 0 ? 0 : 4]?.emotion));
  expect(empty).toEqual([]);
});

test('reads a video file, reports progress, and cancels on request', async () => {
  await loadClip(host);
  const { whole, told, part, aborted, afterwards } = await host.evaluate(async (uri) => {
    const progress: { share: number; frames: number; emotion: string | undefined }[] = [];
    const record = await window.mien.detectVideo(window.clip, {
      frameRate: 4,
      onProgress: ({ share, frames, result }) => progress.push({ share, frames, emotion: result.faces[0]?.emotion }),
    });
    const second = await window.mien.detectVideo(window.clip, { frameRate: 'every', fromMs: 1000, toMs: 1400 });
    const giveUp = new AbortController();
    const failure = await window.mien
      .detectVideo(window.clip, { frameRate: 'every', signal: giveUp.signal, onProgress: () => giveUp.abort() })
      .then(() => 'finished', (error: unknown) => (error instanceof window.Mien.MienError ? error.message : String(error)));
    return { whole: record, told: progress, part: second, aborted: failure, afterwards: (await window.mien.detect(uri)).emotion };
  }, await drawnPerson(host));

  expect(whole.session).toMatchObject({ name: 'per-second.mp4', kind: 'video', width: 640, height: 480 });
  expect(whole.results.map(({ timestamp }) => timestamp)).toEqual(
    Array.from({ length: 12 }, (_, i) => `00:00:0${Math.floor(i / 4)}.${['000', '250', '500', '750'][i % 4] ?? ''}`),
  );
  // The last reading of each second: by then the smoothing has settled.
  expect([3, 7, 11].map((i) => whole.results[i]?.faces.map(({ track, emotion }) => [track, emotion]))).toEqual([[[1, 'happy']], [[1, 'surprise']], [[1, 'neutral']]]);
  expect(whole.summary).toMatchObject({ total_frames: 12, faces_detected: 12, skipped_frames: 0, duration: '00:00:03.000' });
  expect(whole.summary.people).toHaveLength(1);
  expect(told.map(({ frames }) => frames)).toEqual(whole.results.map((_, i) => i + 1));
  expect(told.map(({ emotion }) => emotion)).toEqual(whole.results.map(({ faces }) => faces[0]?.emotion));
  expect(told.every(({ share }, i) => share >= (told[i - 1]?.share ?? 0) && share <= 1)).toBe(true);
  expect(part.results.map(({ timestamp }) => timestamp)).toEqual(Array.from({ length: 8 }, (_, i) => `00:00:01.${String(i * 50).padStart(3, '0')}`));
  expect(aborted).toBe('call/aborted');
  expect(afterwards).toBe('happy');
});

test('a worker that dies costs a few frames, not the video', async ({ page }) => {
  await openHost(page, server);
  await loadClip(page);
  await page.evaluate(() => {
    window.Worker = class extends Worker {
      constructor(...options: ConstructorParameters<typeof Worker>) {
        super(...options);
        window.engineWorker = this;
      }
    };
  });
  expect(await createIn(page, { mode: 'live' })).toBeNull();
  const { summary, results } = await page.evaluate(() => {
    const onProgress = ({ frames }: { frames: number }) => {
      if (frames === 3) window.engineWorker.terminate();
    };
    return window.mien.detectVideo(window.clip, { frameRate: 8, onProgress });
  });
  expect(summary.skipped_frames).toBeLessThan(4);
  // Every requested time has a row, read or left out with its reason.
  expect(results).toHaveLength(24);
  expect(results.filter(({ left_out }) => left_out !== undefined)).toHaveLength(summary.skipped_frames);
  expect(results.at(-1)).toMatchObject({ sample: 23, faces: [{ emotion: 'neutral' }] });
  // No new person gets the number of a person known to the dead worker.
  expect(summary.people.map(({ track }) => track)).toEqual([1, 2]);
  await expect.poll(() => page.workers().length).toBe(2);
});

test('follows a video until it is stopped, whatever the callback does', async () => {
  const thrown: string[] = [];
  host.on('pageerror', (error) => thrown.push(error.message));
  const { frames, later } = await host.evaluate(async (uri) => {
    const image = Object.assign(new Image(), { src: uri });
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    const context = canvas.getContext('2d');
    const redraw = setInterval(() => context?.drawImage(image, 0, 0), 40);
    const video = Object.assign(document.createElement('video'), { muted: true, srcObject: canvas.captureStream(15) });
    document.body.append(video);
    await video.play();
    type Frame = Parameters<Parameters<typeof window.mien.track>[1]>[0];
    const seen: Frame[] = [];
    const stop = await new Promise<() => void>((done) => {
      const end = window.mien.track(video, (frame) => {
        seen.push(frame);
        if (frame.frame === 1) throw new Error('the host’s own mistake');
        if (seen.length === 8) done(end);
      });
    });
    stop();
    stop();
    const counted = seen.length;
    await new Promise((done) => setTimeout(done, 700));
    clearInterval(redraw);
    return { frames: seen.slice(0, counted), later: seen.length - counted };
  }, await drawnPerson(host));

  expect(later).toBe(0);
  expect(thrown).toEqual(['the host’s own mistake']);
  expect(frames.map(({ frame }) => frame)).toEqual(frames.map((_, i) => i));
  expect(frames[0]?.timestamp).toBe('00:00:00.000');
  expect(frames.at(-1)?.faces).toMatchObject([{ track: 1, emotion: 'happy', uncertain: false }]);
});

test('pictures queue, a cancelled one delays none, and small faces are found as in live mode', async ({ page }) => {
  await openHost(page, server);
  expect(await createIn(page)).toBeNull();
  const outcomes = await page.evaluate(async (uri) => {
    const giveUp = new AbortController();
    const at = (i: number) => (i === 2 ? { signal: giveUp.signal } : { file: `${i}` });
    const calls = [0, 1, 2, 3, 4].map((i) => window.mien.detect(uri, at(i)));
    giveUp.abort(new Error('of no more interest'));
    const settled = await Promise.allSettled(calls);
    return settled.map((one) => (one.status === 'fulfilled' ? `${one.value.file} ${one.value.emotion ?? ''}` : (one.reason as Error).message));
  }, await drawnPerson(page));
  expect(outcomes).toEqual(['0 happy', '1 happy', 'call/aborted', '3 happy', '4 happy']);

  const small = drawScene({ width: 1600, height: 1000 }, [
    { x: 300, y: 300, height: 60, expression: 'happy', seed: 1 },
    { x: 1200, y: 600, height: 60, expression: 'neutral', seed: 2 },
  ]);
  const { buffer } = await pictureOf(page, small, 'small.png');
  const uri = `data:image/png;base64,${buffer.toString('base64')}`;
  for (const one of [host, page]) expect(await one.evaluate(async (picture) => (await window.mien.detect(picture)).faces.length, uri)).toBe(2);
});

test('pictures leak no tensor, and disposing leaves no worker', async () => {
  const picture = await drawnPerson(host);
  const tensors = await host.evaluate(async (uri) => {
    const counts: number[] = [];
    for (let i = 0; i <= 8; i++) {
      await window.mien.detect(uri);
      if (i % 2 === 0) counts.push((await window.mien.health()).memory.numTensors);
    }
    return counts;
  }, picture);
  expect(new Set(tensors).size).toBe(1);
  expect(tensors[0]).toBeGreaterThan(10);
  // The engine's worker and the networks' worker.
  expect(host.workers()).toHaveLength(2);

  const afterwards = await host.evaluate(async (uri) => {
    const under = window.mien.detect(uri).then(() => 'finished', (error: unknown) => (error as Error).message);
    await Promise.all([window.mien.dispose(), window.mien.dispose()]);
    await window.mien.dispose();
    const message = (error: unknown) => (error instanceof window.Mien.MienError ? error.message : String(error));
    const video = document.createElement('video');
    const canvas = document.createElement('canvas');
    return [
      await under,
      ...(await Promise.all(
        [
          window.mien.health(),
          window.mien.detect(uri),
          window.mien.detect(canvas),
          window.mien.classifyFaces([canvas]),
          window.mien.detectVideo(new Blob(['x'])),
          Promise.resolve().then(() => window.mien.track(video, () => undefined)),
        ].map((call) => call.then(() => 'fulfilled', message)),
      )),
    ];
  }, picture);
  expect(new Set(afterwards)).toEqual(new Set(['engine/disposed']));
  await expect.poll(() => host.workers().length).toBe(0);
});
