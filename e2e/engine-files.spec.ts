import { MienError } from '../src/engine/errors';
import { wordError } from '../src/words/errors';
import { expectBackend, expectFaces, liveFaces, openPhoto, openReady, READING_MS, trySample } from './support/app';
import { expect, test } from './support/test';

test('a loader whose connection breaks once: a clear message, and a retry works', async ({ page }) => {
  await page.route('**/vision_wasm_module_internal.js', (route) => route.abort('connectionreset'), { times: 1 });
  await openPhoto(page);
  const { title } = wordError(new MienError('model', 'network'));
  await expect(page.getByRole('alert').getByText(title)).toBeVisible({ timeout: READING_MS });
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('engine-status')).toHaveAttribute('data-status', 'ready', { timeout: READING_MS });
});

test("a loader that the page's policy blocks is reported as that", async ({ page, baseURL }) => {
  await page.route(baseURL ?? '', async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    const stricter = html.replace(/script-src ('|&#39;)self\1/, `script-src ${baseURL ?? ''}assets/`);
    expect(stricter).not.toBe(html);
    await route.fulfill({ response, body: stricter });
  });
  await openPhoto(page);
  const { title } = wordError(new MienError('engine', 'worker-blocked'));
  await expect(page.getByRole('alert').getByText(title)).toBeVisible({ timeout: READING_MS });
});

const TFJS_WASM = 'tfjs-backend-wasm-simd.wasm';

test('a damaged cached copy of TensorFlow.js\'s WebAssembly is refetched, and works', async ({ page }) => {
  // Routing disables the browser's cache, so give the worker its own: half a file until the cache is bypassed.
  const cache = `
    const fetchWhole = self.fetch;
    let isWhole = false;
    self.fetch = async (url, options) => {
      const response = await fetchWhole(url, options);
      if (!String(url).endsWith('${TFJS_WASM}')) return response;
      isWhole ||= options?.cache === 'reload';
      const body = await response.arrayBuffer();
      return new Response(isWhole ? body : body.slice(0, body.byteLength / 2), response);
    };\n`;
  await page.route('**/assets/network.worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: cache + (await response.text()) });
  });
  await page.addInitScript(() => localStorage.setItem('mien.settings', JSON.stringify({ backend: 'wasm' })));
  await openReady(page);
  await expectBackend(page, 'WebAssembly');
  await trySample(page, 'One face');
  await expectFaces(page, 1);
});

test('a visitor who opens the camera fetches files not needed for the first result only after it', async ({ page }) => {
  const asked: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  const at = (name: string) => asked.findIndex((url) => url.includes(name));
  await page.goto('./#/live');
  await page.getByRole('button', { name: 'Start camera' }).click();
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  const later = ['face_detection_full_range_sparse.tflite', '/assets/chart-', '/assets/ReadPlace-'];
  await expect.poll(() => later.filter((name) => at(name) === -1), { timeout: READING_MS }).toEqual([]);
  for (const name of later) expect(at(name), name).toBeGreaterThan(at('/models/mien-s/weights.bin'));
});
