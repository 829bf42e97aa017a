import { MienError } from '../src/engine/errors';
import { wordError } from '../src/words/errors';
import { drawScene } from '../scripts/drawn-faces/scenes';
import { choosePictures, expectBackend, expectFaces, faceCards, liveFaces, openPhoto, openReady, openPlace, pictureOf, READING_MS, startCamera, trySample } from './support/app';
import { watchCalls } from './support/engine-calls';
import { engineWorker } from './support/engine-worker';
import { expect, test, type Page } from './support/test';

/** Runs before the page's own scripts: a backend chosen by hand keeps measurements of the others out of the test. */
async function chooseBackend(page: Page, backend: 'wasm' | 'webgl'): Promise<void> {
  await page.addInitScript((name) => localStorage.setItem('mien.settings', JSON.stringify({ backend: name })), backend);
}

test('damaged weights: a clear message, and a retry works', async ({ page }) => {
  const url = '**/models/**/*.bin';
  await page.route(url, async (route) => {
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    body.fill(0x5a, body.length / 2, body.length / 2 + 64);
    return route.fulfill({ response, body });
  });
  await openPhoto(page);
  const { title } = wordError(new MienError('model', 'corrupt'));
  await expect(page.getByRole('alert').getByText(title)).toBeVisible({ timeout: READING_MS });
  // Features without the engine keep working.
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.unroute(url);
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await trySample(page, 'Five faces');
  await expectFaces(page, 5);
});

test('blocked WebAssembly is named, and the rest of the app stays usable', async ({ page, baseURL }) => {
  await page.route(baseURL ?? '', async (route) => {
    const response = await route.fetch();
    const html = (await response.text()).replace(' &#39;wasm-unsafe-eval&#39;', '').replace(" 'wasm-unsafe-eval'", '');
    await route.fulfill({ response, body: html });
  });
  await openPhoto(page);
  await expect(page.getByRole('alert').getByText(wordError(new MienError('engine', 'wasm-blocked')).title)).toBeVisible({ timeout: READING_MS });
  await openPlace(page, 'Live');
  await expect(page.getByRole('button', { name: 'Start camera' })).toBeVisible();
});

test('a missing network of the search: the photo says so, and is read on retry', async ({ page }) => {
  const url = '**/face_detection_full_range_sparse.tflite';
  await page.route(url, (route) => route.fulfill({ status: 404 }));
  await openReady(page);
  await trySample(page, 'Five faces');
  const panel = page.getByRole('region', { name: 'Read', exact: true });
  await expect(panel.getByRole('alert').getByText(wordError(new MienError('model', 'not-found')).title)).toBeVisible({ timeout: READING_MS });
  await page.unroute(url);
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expectFaces(page, 5);
});

/** The workers, each with a file that it requests while it holds the lock that reveals its death. */
for (const [worker, file] of [
  ['mien-networks', 'weights.bin'],
  ['mien-engine', 'face_detection_short_range.tflite'],
] as const) test(`a worker that dies while loading: a clear message, and a retry works: ${worker}`, async ({ page }) => {
  await chooseBackend(page, 'wasm');
  const url = `**/${file}`;
  let hold: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (hold = resolve));
  // Never answered: a slow network, which alone is not a fault.
  await page.route(url, () => hold());
  await openPhoto(page);
  await held;
  await (await engineWorker(page, worker)).evaluate(() => self.close());
  const alert = page.getByRole('alert').filter({ hasText: wordError(new MienError('engine', 'worker-died')).title });
  await expect(alert).toBeVisible();

  await page.unroute(url);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await trySample(page, 'One face');
  await expectFaces(page, 1);
});

test('a worker that dies between two pictures is replaced unnoticed, and one that dies during a picture costs at most that picture', async ({ page }) => {
  await chooseBackend(page, 'wasm');
  await openReady(page);
  await trySample(page, 'One face');
  await expectFaces(page, 1);
  const gone = page.waitForEvent('worker');
  await (await engineWorker(page)).evaluate(() => self.close());
  await trySample(page, 'Five faces');
  await expectFaces(page, 5);
  await gone;

  await trySample(page, 'One face');
  // The other worker: each needs the other.
  await (await engineWorker(page, 'mien-networks')).evaluate(() => self.close());
  // Either it was read just in time, or it says that the reading stopped; both leave the app usable.
  const stopped = page.getByText(wordError(new MienError('engine', 'worker-died')).title).first();
  await expect(stopped.or(faceCards(page).first())).toBeVisible({ timeout: READING_MS });
  await trySample(page, 'Five faces');
  await expectFaces(page, 5);
});

test('a worker that dies while the camera runs is replaced, and the faces return', async ({ page }) => {
  await chooseBackend(page, 'wasm');
  await openReady(page);
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1);
  const next = page.waitForEvent('worker');
  await (await engineWorker(page)).evaluate(() => self.close());
  await next;
  await expect(liveFaces(page)).toHaveCount(1);
  await expect(liveFaces(page).first()).not.toHaveAttribute('data-absent');
});

/** Keeps references to the WebGL contexts of the networks' worker, which are unreachable otherwise; `more` runs there too. */
async function holdContexts(page: Page, more = ''): Promise<void> {
  await page.route('**/assets/network.worker-*.js', async (route) => {
    const response = await route.fetch();
    const hook = `
      const getContext = OffscreenCanvas.prototype.getContext;
      self.heldContexts = [];
      OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
        const context = getContext.call(this, kind, ...rest);
        if (context && kind.startsWith('webgl')) self.heldContexts.push(context);
        return context;
      };
      ${more}\n`;
    await route.fulfill({ response, body: hook + (await response.text()) });
  });
}

/** Counts the kept contexts and the lost ones; `lose` loses them first. */
async function lostContexts(page: Page, lose: boolean): Promise<{ all: number; lost: number }> {
  return (await engineWorker(page, 'mien-networks')).evaluate((take) => {
    const contexts = (self as unknown as { heldContexts: WebGLRenderingContext[] }).heldContexts;
    if (take) for (const context of contexts) context.getExtension('WEBGL_lose_context')?.loseContext();
    return { all: contexts.length, lost: contexts.filter((context) => context.isContextLost()).length };
  }, lose);
}

test('a WebGL context lost while the camera runs costs no frame and causes no wrong result, live or in a photo', async ({ page }) => {
  // In software, WebGL takes a second per frame on a busy machine.
  test.slow();
  await chooseBackend(page, 'webgl');
  await holdContexts(page);
  const calls = await watchCalls(page);
  await openReady(page);
  await expectBackend(page, 'WebGL');
  await trySample(page, 'One face');
  await expectFaces(page, 1);
  const before = await faceCards(page).first().getByRole('row').allInnerTexts();
  expect(before.filter((row) => /\d/.test(row))).toHaveLength(7);

  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  await calls.answered('analyzeLive', 3);
  expect((await lostContexts(page, true)).lost).toBeGreaterThan(0);
  const answered = (await calls.list()).filter(({ name, answer }) => name === 'analyzeLive' && answer !== null).length;
  await calls.answered('analyzeLive', answered + 5);
  await expect(liveFaces(page)).toHaveCount(1);

  const frames = (await calls.list()).filter(({ name }) => name === 'analyzeLive');
  // Every frame was answered (one may be pending), none failed, and none has the garbage of a lost context: NaN, or equal
  // values.
  expect(frames.slice(0, -1).filter(({ answer }) => answer === null)).toEqual([]);
  for (const { answer } of frames.filter((frame) => frame.answer !== null)) {
    expect(answer?.ok).toBe(true);
    for (const raw of answer?.raw ?? []) {
      expect(raw.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 3);
      expect(Math.max(...raw)).toBeGreaterThan(0.25);
    }
  }

  await trySample(page, 'Five faces');
  await expectFaces(page, 5);
  await trySample(page, 'One face');
  await expectFaces(page, 1);
  // The same network on another backend: the same shares, within one unit of the last digit shown.
  const after = await faceCards(page).first().getByRole('row').allInnerTexts();
  const numbers = (rows: string[]) => rows.join(' ').match(/\d+(\.\d+)?/g)?.map(Number) ?? [];
  expect(numbers(after)).toHaveLength(numbers(before).length);
  numbers(after).forEach((value, index) => expect(Math.abs(value - (numbers(before)[index] ?? NaN))).toBeLessThanOrEqual(1));

  // The settings name the current backend, not the one at the start.
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText('In use: WebAssembly')).toBeVisible();
});

test('WebGL with wrong answers is rejected, and its context freed', async ({ page }) => {
  await chooseBackend(page, 'webgl');
  // Simulates a faulty driver: everything read back is zero.
  const zeros = `
    for (const name of ['readPixels', 'getBufferSubData']) {
      WebGL2RenderingContext.prototype[name] = () => undefined;
    }`;
  await holdContexts(page, zeros);
  await openReady(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText('In use: WebAssembly')).toBeVisible();
  const { all, lost } = await lostContexts(page, false);
  expect(all).toBeGreaterThan(0);
  expect(lost).toBe(all);
});

test('a large photo is read between the camera\'s frames, and cancelled at once when it is removed', async ({ page }) => {
  await chooseBackend(page, 'wasm');
  const calls = await watchCalls(page);
  await openReady(page);
  // 6 megapixels: about a hundred looks.
  const size = { width: 3000, height: 2000 };
  const photo = await pictureOf(page, drawScene(size, [{ x: 1000, y: 900, height: 300, expression: 'happy', seed: 1 }]), 'large.jpg', 'image/jpeg');
  await choosePictures(page, photo);
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  await openPlace(page, 'Read');
  await expectFaces(page, 1);
  const log = await calls.list();
  const still = log.find(({ name }) => name === 'analyzeStill');
  const between = log.filter(({ name, answeredMs }) => name === 'analyzeLive' && answeredMs > (still?.sentMs ?? 0) && answeredMs < (still?.answeredMs ?? 0));
  expect(between.length).toBeGreaterThan(0);

  await choosePictures(page, { ...photo, name: 'again.jpg' });
  await calls.sent('analyzeStill', 2);
  await page.getByRole('button', { name: /^Remove again\.jpg/ }).click();
  await calls.answered('analyzeStill', 2);
  const [, given] = (await calls.list()).filter(({ name }) => name === 'analyzeStill');
  expect(given?.answer?.ok).toBe(false);
  await trySample(page, 'One face');
  await expectFaces(page, 1);
});

test('a view that breaks during a recording leaves it running, and its error can be copied', async ({ page, context }) => {
  await context.grantPermissions(['camera', 'clipboard-read', 'clipboard-write']);
  await page.goto('./');
  await startCamera(page);
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(page.getByRole('timer')).toHaveText('0:01', { timeout: READING_MS });
  await openPlace(page, 'Read');
  await page.evaluate(() => {
    const { prototype } = HTMLCanvasElement;
    const own = Object.getOwnPropertyDescriptor(prototype, 'getContext') ?? {};
    prototype.getContext = () => {
      Object.defineProperty(prototype, 'getContext', own);
      throw new Error('broken by the test');
    };
  });
  await page.getByRole('button', { name: 'Recording webcam' }).click();
  const broken = page.getByRole('alert').filter({ hasText: 'Something went wrong in this part of the page' });
  await expect(broken).toBeVisible();
  await broken.getByRole('button', { name: 'Copy details' }).click();
  await expect(broken.getByRole('button', { name: 'Details copied' })).toBeVisible();
  const details = await page.evaluate(() => navigator.clipboard.readText());
  expect(details).toMatch(/Error: engine\/unknown\nDetail: [^\n]*broken by the test\nVersion: [^]*Backend: \w+, worker\nModel: mien-s [^]*\nLog:\n/);

  await broken.getByRole('button', { name: 'Try again' }).click();
  // Longer than one second: it continued.
  await expect(page.getByRole('timer')).toHaveText(/0:(0[2-9]|[1-5]\d)/, { timeout: READING_MS });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText('Saved on this device.')).toBeVisible({ timeout: READING_MS });
});
