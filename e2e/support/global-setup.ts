import { chromium, type FullConfig } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { launchOptions } from '../../scripts/find-browser';
import { RETURNING_VISITOR, testBrowser } from './browser';
import { drawCameraClips } from './camera-clips';

export default async function globalSetup({ projects }: FullConfig): Promise<void> {
  await drawCameraClips();
  await makeReturningVisitor(projects[0]?.use.baseURL ?? '');
}

/**
 * Somebody on whose device WebAssembly was found fastest before. A first visitor's page measures the other backends after its
 * first result, which in software takes as long as the rest of a test.
 */
async function makeReturningVisitor(url: string): Promise<void> {
  const browser = await chromium.launch(launchOptions(testBrowser));
  try {
    const page = await browser.newPage();
    const remembered = JSON.stringify({ backend: 'wasm', browser: await page.evaluate(() => navigator.userAgent) });
    const origins = [{ origin: new URL(url).origin, localStorage: [{ name: 'mien.fastest-backend', value: remembered }] }];
    mkdirSync(dirname(RETURNING_VISITOR), { recursive: true });
    writeFileSync(RETURNING_VISITOR, JSON.stringify({ cookies: [], origins }));
  } finally {
    await browser.close();
  }
}
