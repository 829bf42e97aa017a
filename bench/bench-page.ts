import { chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { ensureBrowser, launchOptions } from '../scripts/find-browser';
import config, { gatherAssets } from './vite.config';

/** Builds the bench pages, opens one of them in a headless browser, and closes everything afterwards. */
export async function onBenchPage(name: string, work: (page: Page) => Promise<void>): Promise<void> {
  gatherAssets();
  await build({ ...config, configFile: false });
  const server = await preview({ ...config, configFile: false, preview: { port: 4181, strictPort: false } });
  const browser = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const page = await browser.newPage();
    await page.goto(new URL(name, server.resolvedUrls?.local[0]).href);
    await work(page);
  } finally {
    await browser.close();
    await server.close();
  }
}
