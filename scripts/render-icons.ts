/** `npm run icons`: renders public/icon.svg in the sizes that installed apps need. The results are committed. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { ensureBrowser, launchOptions } from './find-browser';

const folder = new URL('../public/icons/', import.meta.url);
const icon = `data:image/svg+xml;base64,${readFileSync(new URL('../public/icon.svg', import.meta.url)).toString('base64')}`;
/** The icon's background, to extend a maskable one. */
const GROUND = '#2a2c33';

const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  mkdirSync(folder, { recursive: true });
  for (const [name, side, share] of [['192.png', 192, 1], ['512.png', 512, 1], ['maskable-512.png', 512, 0.8]] as const) {
    const page = await browser.newPage({ viewport: { width: side, height: side } });
    const ground = share < 1 ? GROUND : 'transparent';
    await page.setContent(
      `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${ground}"><img src="${icon}" width="${side * share}" height="${side * share}">`,
    );
    await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
    writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
