import { expect, test, type Page } from '@playwright/test';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectFaces, liveFaces, startCamera, trySample } from './support/app';
import { serveStatic } from '../scripts/static-server';

test.use({ serviceWorkers: 'allow' });

const DIST = process.env.MIEN_DIST ?? 'dist';

/** Resolves once the copy is complete and serves this page. */
async function offlineCopy(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller !== null) return;
    await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
  });
}

async function readSample(page: Page): Promise<void> {
  await trySample(page, 'Five faces');
  await expectFaces(page, 5);
}

for (const prefix of ['/', '/some/sub/path/']) {
  test(`after one load under ${prefix}, photo and webcam work with the server gone`, async ({ page }) => {
    const server = await serveStatic(DIST, prefix);
    await page.goto(server.url);
    await offlineCopy(page);
    // Gone for good, which no emulation of a cut network could get wrong.
    await server.close();

    await page.reload();
    await readSample(page);
    await startCamera(page);
    await expect(liveFaces(page)).toHaveCount(1);

    // Lazily loaded parts were never asked for before the cut: the first load alone has to suffice.
    await page.goto(`${server.url}?from=elsewhere#anything`);
    await expect(page.getByRole('tab', { name: 'Photo' })).toBeVisible();
  });
}

test('the copy is the app and little more', async ({ page }) => {
  await page.goto('./');
  await offlineCopy(page);
  const { urls, bytes } = await page.evaluate(async () => {
    const sizes: Record<string, number> = {};
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) sizes[new URL(request.url).pathname] = (await (await cache.match(request))?.arrayBuffer())?.byteLength ?? 0;
    }
    return { urls: Object.keys(sizes), bytes: Object.values(sizes).reduce((a, b) => a + b, 0) };
  });
  expect(urls).toEqual(expect.arrayContaining(['/index.html', '/vendor/tfjs/tfjs-backend-wasm-simd.wasm', '/samples/five.webp']));
  expect(urls).not.toContain('/vendor/tfjs/tfjs-backend-wasm.wasm');
  expect(bytes).toBeLessThan(25 * 2 ** 20);
});

test('a new version waits for the next load', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'mien-'));
  cpSync(DIST, folder, { recursive: true });
  const server = await serveStatic(folder, '/');
  try {
    await page.goto(server.url);
    await offlineCopy(page);

    // The same app under another title, with the list of files that a new build would write for it.
    const html = readFileSync(join(folder, 'index.html'), 'utf8').replace(/<title>.*<\/title>/, '<title>Next version</title>');
    writeFileSync(join(folder, 'index.html'), html);
    const worker = readFileSync(join(folder, 'service-worker.js'), 'utf8');
    const next = worker.replace(/("?revision"?:")[0-9a-f]+(","?url"?:"index\.html")/, '$1next$2').replace(/("?url"?:"index\.html","?revision"?:")[0-9a-f]+/, '$1next');
    expect(next).not.toBe(worker);
    writeFileSync(join(folder, 'service-worker.js'), next);

    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      const incoming = registration.installing ?? registration.waiting;
      if (incoming === null) throw new Error('the new version was not noticed');
      while (incoming.state === 'installing') await new Promise((done) => incoming.addEventListener('statechange', done, { once: true }));
      if (incoming.state !== 'installed') throw new Error(`the new version is ${incoming.state}`);
    });
    await expect(page).not.toHaveTitle('Next version');
    await readSample(page);

    await page.reload();
    await expect(page).toHaveTitle('Next version');
    await readSample(page);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
