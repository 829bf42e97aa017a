/** `npm run screenshot`: takes the README's picture of the built app with drawn people. */
import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { ensureBrowser, launchOptions } from './find-browser';
import { serveStatic } from './static-server';

const PICTURE = 'docs/screenshot.png';

const server = await serveStatic(process.env.MIEN_DIST ?? 'dist', '/');
const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  mkdirSync('docs', { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: 'light', reducedMotion: 'reduce', serviceWorkers: 'block' });
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Try a sample: five faces' }).click();
  await page.getByRole('list', { name: 'Faces', exact: true }).getByRole('listitem').nth(4).waitFor();
  // The bars are drawn one frame after their cards.
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: PICTURE, animations: 'disabled' });
  console.log(PICTURE);
} finally {
  await browser.close();
  await server.close();
}
