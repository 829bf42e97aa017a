import { expectFaces, liveFaces, startCamera, trySample } from './support/app';
import { expect, test } from './support/test';
import { serveStatic, type StaticServer } from '../scripts/static-server';

const PREFIX = '/some/sub/path/';
let server: StaticServer;

test.beforeAll(async () => {
  server = await serveStatic(process.env.MIEN_DIST ?? 'dist', PREFIX);
});
test.afterAll(() => server.close());

test('works under a sub-path of a plain static host, and asks for nothing outside it', async ({ page }) => {
  const breaches: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') breaches.push(message.text());
  });
  await page.goto(server.url);
  await trySample(page, 'One face');
  await expectFaces(page, 1);
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1);

  expect(server.log.length).toBeGreaterThan(5);
  expect(server.log.filter(({ path, status }) => !path.startsWith(PREFIX) || status >= 400)).toEqual([]);
  expect(breaches).toEqual([]);
});
