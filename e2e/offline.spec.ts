import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectFaces, liveFaces, placeLink, READING_MS, startCamera, trySample } from './support/app';
import { beKnown } from './support/browser';
import { expect, test, type Page } from './support/test';
import { serveStatic } from '../scripts/static-server';

test.use({ serviceWorkers: 'allow' });
test.beforeEach(({ page }) => beKnown(page));

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
  await trySample(page, 'One face');
  await expectFaces(page, 1);
}

async function openFooterNote(page: Page): Promise<void> {
  await page.getByText('Nothing leaves this device').click();
}

test('the footer announces a complete copy, which then needs no server: before and after a reload, by URL too', async ({ page }) => {
  const server = await serveStatic(DIST, '/some/sub/path/');
  await page.goto(server.url);
  await openFooterNote(page);
  await expect(page.getByText('A copy of the app is still on its way')).toBeVisible();
  await expect(page.getByText('The page works offline now')).toBeVisible();
  // Shut down completely, unlike an emulated network failure.
  await server.close();
  // Parts never opened before the cut are there.
  await page.getByRole('button', { name: 'About this model' }).click();
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'On validation faces of the training data' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.reload();
  await readSample(page);
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1);

  // Lazily loaded parts were never requested before the cut: the first load alone has to suffice.
  await page.goto(`${server.url}?from=elsewhere#anything`);
  await expect(placeLink(page, 'Read')).toBeVisible();
});

/** Resolves once all parts of the Lab are cached. */
async function labCopy(page: Page): Promise<void> {
  const parts = ['lab/probe-faces.bin', 'LabPlace-', 'lab.worker-', 'WhyDialog-', 'brought-model-'];
  const kept = () => page.evaluate(async () => (await (await caches.open('used-parts')).keys()).map(({ url }) => url).join(' '));
  await expect(async () => {
    const urls = await kept();
    expect(parts.filter((part) => !urls.includes(part))).toEqual([]);
  }).toPass({ timeout: READING_MS });
}

test('the Lab needs no server after a first visit, on any of its pages', async ({ page }) => {
  test.slow();
  const server = await serveStatic(DIST, '/some/sub/path/');
  await page.goto(server.url);
  await offlineCopy(page);
  expect(await page.evaluate(() => caches.has('used-parts').then(async (has) => has && (await (await caches.open('used-parts')).keys()).length > 0))).toBe(false);
  await page.goto(`${server.url}#/lab/models`);
  const lab = page.getByRole('region', { name: 'Lab', exact: true });
  await labCopy(page);
  await server.close();
  await page.reload();
  await lab.getByRole('tab', { name: 'Data' }).click();
  await lab.getByRole('button', { name: 'Try drawn faces' }).click();
  await lab.getByRole('button', { name: 'Use 42 labelled pictures' }).click();
  await expect(lab.getByText('kept in this browser', { exact: false })).toBeVisible({ timeout: READING_MS });
  await lab.getByRole('button', { name: 'Judge a model on it' }).click();
  await lab.getByRole('button', { name: 'Judge on Drawn faces' }).click();
  await expect(lab.getByText(/^42 faces of Drawn faces, judged in/)).toBeVisible({ timeout: READING_MS });
});

test('the footer says where no copy can be stored', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  await page.goto('./');
  await openFooterNote(page);
  await expect(page.getByText('No copy of the app could be kept on this device')).toBeVisible();
});

test('the copy contains the app and little more, and a damaged file in it is refetched', async ({ page }) => {
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

  const sizeOfWeights = (damage: boolean) =>
    page.evaluate(async (cut) => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        const key = (await cache.keys()).find(({ url }) => new URL(url).pathname.endsWith('/mien-s/weights.bin'));
        const body = key && (await (await cache.match(key))?.arrayBuffer());
        if (!key || !body) continue;
        if (cut) await cache.put(key, new Response(body.slice(0, 1000)));
        return body.byteLength;
      }
      throw new Error('no weights in the copy');
    }, damage);
  const whole = await sizeOfWeights(true);
  expect(await sizeOfWeights(false)).toBe(1000);

  await page.reload();
  await readSample(page);
  expect(await sizeOfWeights(false)).toBe(whole);
});

/** The built app in its own folder, which may change; the worker can be told to stay busy. */
function copyOfDist(): { readonly folder: string; publishNext(): void; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'mien-'));
  cpSync(DIST, folder, { recursive: true });
  const change = (name: string, edit: (text: string) => string) => {
    const before = readFileSync(join(folder, name), 'utf8');
    const after = edit(before);
    expect(after).not.toBe(before);
    writeFileSync(join(folder, name), after);
  };
  change('service-worker.js', (worker) => `${worker}\nself.addEventListener('message', (event) => {
    if (event.data.busyMs) event.waitUntil(new Promise((done) => setTimeout(done, event.data.busyMs)));
  });`);
  return {
    folder,
    /** Publishes the same app with a mark in its page, and the list of files that a new build would write for it. */
    publishNext() {
      change('index.html', (html) => html.replace('</title>', '</title><meta name="next-version">'));
      change('service-worker.js', (worker) =>
        worker
          .replace(/("?revision"?:")[0-9a-f]+(","?url"?:"index\.html")/, '$1next$2')
          .replace(/("?url"?:"index\.html","?revision"?:")[0-9a-f]+/, '$1next'),
      );
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Resolves once the new version is complete beside the running one. */
async function fetchNext(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const incoming = registration.installing ?? registration.waiting;
    if (incoming === null) throw new Error('the new version was not noticed');
    while (incoming.state === 'installing') await new Promise((done) => incoming.addEventListener('statechange', done, { once: true }));
    if (incoming.state !== 'installed') throw new Error(`the new version is ${incoming.state}`);
  });
}

test('a new version waits while another page uses the old one, and starts with the next load, even if the old one is still busy', async ({ page, context }) => {
  const copy = copyOfDist();
  const server = await serveStatic(copy.folder, '/');
  const nextVersion = page.locator('meta[name="next-version"]');
  try {
    await page.goto(server.url);
    await offlineCopy(page);
    const other = await context.newPage();
    await other.goto(server.url);
    copy.publishNext();
    await fetchNext(page);
    await expect(nextVersion).toHaveCount(0);
    await readSample(page);
    await page.reload();
    await expect(placeLink(page, 'Read')).toBeVisible();
    await expect(nextVersion).toHaveCount(0);

    await other.close();
    await page.evaluate(() => navigator.serviceWorker.controller?.postMessage({ busyMs: 2000 }));
    await page.reload();
    await expect(nextVersion).toHaveCount(1);
    await readSample(page);
  } finally {
    await server.close();
    copy.remove();
  }
});
