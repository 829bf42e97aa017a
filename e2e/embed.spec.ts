import AxeBuilder from '@axe-core/playwright';
import { fiveFaces, oneFace } from '../scripts/drawn-faces/scenes';
import type { StaticServer } from '../scripts/static-server';
import type { EmbedAnswer } from '../src/api/embed-protocol';
import { expectAccessible } from './support/accessible';
import { pictureOf, READING_MS } from './support/app';
import { NEEDED_POLICY, openHost, serveLibrary } from './support/library';
import { recordRequests } from './support/requests';
import { expect, test, type FrameLocator, type Page } from './support/test';

declare global {
  interface Window {
    /** Messages from the frame, in order. */
    answers: EmbedAnswer[];
  }
}

let server: StaticServer;
/** The host's origin; the frame is the site's, on another origin. */
let hostOrigin: string;
test.beforeAll(async () => {
  server = await serveLibrary();
  hostOrigin = new URL(server.url).origin;
});
test.afterAll(() => server.close());

/** Opens a host page with Mien in a frame, which records all messages from frames. */
async function openFrame(page: Page, baseURL: string | undefined, query: string): Promise<FrameLocator> {
  await openHost(page, server, `${NEEDED_POLICY}; frame-src http://localhost:*`);
  await page.evaluate((src) => {
    window.answers = [];
    window.addEventListener('message', ({ data }) => window.answers.push(data as EmbedAnswer));
    document.body.append(Object.assign(document.createElement('iframe'), { src, allow: 'camera', width: 640, height: 400 }));
  }, new URL(`embed.html${query}`, baseURL).href);
  return page.frameLocator('iframe');
}

/** Posts messages unchanged to the frame's origin. */
async function send(page: Page, ...messages: unknown[]): Promise<void> {
  await page.evaluate((all) => {
    const frame = document.querySelector('iframe');
    for (const message of all) frame?.contentWindow?.postMessage(message, new URL(frame.src).origin);
  }, messages);
}

async function expectAnswer(page: Page, answer: Record<string, unknown>): Promise<void> {
  await expect.poll(() => page.evaluate(() => window.answers), { timeout: READING_MS }).toContainEqual(expect.objectContaining(answer));
}

async function dataUri(page: Page, scene = oneFace('happy')): Promise<string> {
  return `data:image/png;base64,${(await pictureOf(page, scene, 'picture.png')).buffer.toString('base64')}`;
}

test('the example sends a picture into the frame and starts the camera there', async ({ page, context, baseURL }) => {
  const requests = recordRequests(context);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${server.url}?embed=${encodeURIComponent(new URL('embed.html', baseURL).href)}`);
  const status = page.locator('#frame-status');
  const frame = page.frameLocator('iframe');
  await expect(status).toHaveText(/Ready: mien-s/, { timeout: READING_MS });
  await expect(frame.getByRole('heading', { name: 'Waiting for pictures' })).toBeVisible();
  await expect(frame.getByRole('status')).toHaveText(`Results go to ${hostOrigin}.`);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByLabel('Send a picture').setInputFiles(await pictureOf(page, fiveFaces(), 'group.png'));
  await expect(status).toHaveText(/^The largest face looks \w+\.$/, { timeout: READING_MS });
  await expect(frame.getByRole('status')).toHaveText(/Happy >?\d+%/);
  await expect(frame.getByRole('heading')).toBeHidden();

  await page.getByRole('button', { name: 'Start the camera inside' }).click();
  await expect(page.locator('#frame-output')).toContainText('"type": "frame"');
  await expect(page.locator('#frame-output')).toContainText('"track": 1');
  await expect(frame.getByRole('status')).toHaveText(`Camera is on. Results go to ${hostOrigin}.`);
  const video = frame.locator('video');
  expect(await video.evaluate((element: HTMLVideoElement) => element.srcObject !== null)).toBe(true);
  await page.getByRole('button', { name: 'Start the camera inside' }).click();
  await expect(status).toHaveText('The camera is off (host).');
  expect(await video.evaluate((element: HTMLVideoElement) => element.srcObject)).toBeNull();

  expect(complaints).toEqual([]);
  const origins = new Set(requests.all.map((url) => new URL(url).origin));
  expect(origins).toEqual(new Set([hostOrigin, new URL(baseURL ?? '').origin]));
});

test('takes every kind of picture, and a person can stop the camera', async ({ page, baseURL }) => {
  const frame = await openFrame(page, baseURL, `?origin=${hostOrigin}&theme=dark`);
  await expectAnswer(page, { type: 'ready' });
  await page.evaluate(() => (window.answers = []));
  await send(page, { mien: 1, type: 'hello' }, { mien: 1, type: 'health', id: 'h' });
  await expectAnswer(page, { mien: 1, type: 'ready', model: expect.objectContaining({ id: 'mien-s' }) });
  await expectAnswer(page, { mien: 1, type: 'health', id: 'h', health: expect.objectContaining({ loaded: true }) });
  expect(await frame.locator('html').getAttribute('data-theme')).toBe('dark');

  const handedOver = await page.evaluate(async (uri) => {
    const image = Object.assign(new Image(), { src: uri });
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done));
    const bitmap = await createImageBitmap(canvas);
    const buffer = await blob?.arrayBuffer();
    const images: Record<string, unknown> = { uri, blob, bitmap, buffer, pixels: canvas.getContext('2d')?.getImageData(0, 0, 640, 480), copied: await createImageBitmap(canvas) };
    const host = document.querySelector('iframe');
    for (const [id, picture] of Object.entries(images)) {
      const transfer = id === 'bitmap' || id === 'buffer' ? [picture as Transferable] : [];
      host?.contentWindow?.postMessage({ mien: 1, type: 'detect', id, image: picture, file: `${id}.png` }, new URL(host.src).origin, transfer);
    }
    return [bitmap.width, buffer?.byteLength];
  }, await dataUri(page));
  expect(handedOver).toEqual([0, 0]);
  for (const id of ['uri', 'blob', 'bitmap', 'buffer', 'pixels', 'copied']) {
    await expectAnswer(page, { type: 'result', id, result: expect.objectContaining({ file: `${id}.png`, emotion: 'happy' }) });
  }

  await send(page, { mien: 1, type: 'track-start', id: 7 }, { mien: 1, type: 'track-start', id: 8 });
  await expectAnswer(page, { type: 'error', id: 8, error: expect.objectContaining({ kind: 'call', reason: 'busy' }) });
  await expectAnswer(page, { type: 'tracking', id: 7, width: 640, height: 480 });
  await expectAnswer(page, { type: 'frame', id: 7 });
  await frame.getByRole('button', { name: 'Stop camera' }).click();
  await expectAnswer(page, { type: 'track-ended', id: 7, by: 'person' });
  await expect(frame.getByRole('heading', { name: 'Waiting for pictures' })).toBeVisible();
  // Once more.
  await send(page, { mien: 1, type: 'track-start', id: 9 });
  await expectAnswer(page, { type: 'frame', id: 9 });
  await send(page, { mien: 1, type: 'track-stop' });
  await expectAnswer(page, { type: 'track-ended', id: 9, by: 'host' });
});

test('answers invalid requests with an error, ignores messages for others, and limits a flood', async ({ page, baseURL }) => {
  const frame = await openFrame(page, baseURL, `?origin=${hostOrigin}&origin=${new URL(baseURL ?? '').origin}`);
  await expectAnswer(page, { type: 'ready' });
  await page.evaluate(() => (window.answers = []));
  // A window of an allowed origin that is not the host.
  await frame.locator('html').evaluate(() => window.postMessage({ mien: 1, type: 'hello' }, location.origin));
  await send(page, 'mien', null, 7, { type: 'hello' }, { source: 'react-devtools' });
  await send(page, { mien: 2, type: 'hello', id: 1 }, { mien: 1, type: 'erase', id: 2 }, { mien: 1, type: 'detect', image: 'data:,' });
  await send(page, { mien: 1, type: 'detect', id: 3 }, { mien: 1, type: 'detect', id: 4, image: 'https://example.com/a.jpg' }, { mien: 1, type: 'detect', id: 5, image: 'data:text/plain,x' });
  await expect.poll(() => page.evaluate(() => window.answers.length), { timeout: READING_MS }).toBe(6);
  const answers = await page.evaluate(() => window.answers);
  expect(answers.map((answer) => answer.type === 'error' && [answer.id, answer.error.kind, answer.error.reason])).toEqual([
    [1, 'call', 'out-of-range'],
    [2, 'call', 'out-of-range'],
    [null, 'call', 'wrong-type'],
    [3, 'call', 'wrong-type'],
    [4, 'call', 'wrong-type'],
    [5, 'image', 'not-an-image'],
  ]);

  await page.evaluate(() => (window.answers = []));
  const image = await dataUri(page);
  await send(page, ...Array.from({ length: 20 }, (_, id) => ({ mien: 1, type: 'detect', id, image })));
  await expect.poll(() => page.evaluate(() => window.answers.length), { timeout: READING_MS }).toBe(20);
  const flood = await page.evaluate(() => window.answers.map((answer) => (answer.type === 'error' ? answer.error.reason : answer.type)));
  expect(flood.filter((word) => word === 'busy')).toHaveLength(4);
  expect(flood.filter((word) => word === 'result')).toHaveLength(16);
});

test('a site that the URL does not name gets no message, no model and no camera', async ({ page, context, baseURL }) => {
  const requests = recordRequests(context);
  for (const query of ['?origin=https://example.com', '?origin=*', '', `?origin=${hostOrigin}/`, `?origin=${hostOrigin}0`]) {
    const frame = await openFrame(page, baseURL, query);
    await expect(frame.getByRole('heading', { name: /^(This site may not use this frame|This frame answers nobody)$/ })).toBeVisible();
    await send(page, { mien: 1, type: 'hello' }, { mien: 1, type: 'track-start', id: 1 }, { mien: 1, type: 'detect', id: 2, image: 'data:,' });
    if (query.includes('example.com')) await expect(frame.getByText(`${hostOrigin} is not the origin`)).toBeVisible();
    // As long as an allowed host waits for an answer.
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => window.answers), query).toEqual([]);
    expect(await frame.locator('video').evaluate((element: HTMLVideoElement) => element.srcObject)).toBeNull();
  }
  expect(requests.all.filter((url) => /weights\.bin|\.wasm|\.tflite/.test(url))).toEqual([]);
});

test('opened on its own, the page explains its purpose', async ({ page, request }) => {
  const policyOf = async (path: string) => /<meta http-equiv="Content-Security-Policy"[^>]*>/.exec(await (await request.get(path)).text())?.[0];
  expect(await policyOf('./embed.html')).toContain('connect-src &#39;self&#39;');
  expect(await policyOf('./embed.html')).toBe(await policyOf('./'));
  await page.goto('./embed.html');
  await expect(page.getByRole('heading', { name: 'This page belongs in other pages' })).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByRole('link', { name: 'Open Mien' })).toHaveAttribute('href', './');
});

test('a missing model is reported to the host, and shown', async ({ page, baseURL }) => {
  await page.route('**/models/**/weights.bin', (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'Not found' }));
  const frame = await openFrame(page, baseURL, `?origin=${hostOrigin}`);
  await expectAnswer(page, { type: 'error', id: null, error: expect.objectContaining({ kind: 'model', reason: 'not-found' }) });
  await expect(frame.getByRole('heading', { name: 'The model is missing' })).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Try again' })).toBeVisible();
  await frame.getByRole('button', { name: 'Copy details' }).click();
  await expect(frame.getByRole('button', { name: 'Details copied' })).toBeVisible();
  await page.evaluate(() => document.body.append(document.createElement('textarea')));
  await page.locator('textarea').focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(page.locator('textarea')).toHaveValue(/Error: model\/not-found\n[^]*Backend: none\n/);
});
