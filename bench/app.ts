import { chromium } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { preview } from 'vite';
import { ensureBrowser, launchOptions } from '../scripts/find-browser';

/** What the built app costs to open, measured on `dist/` over localhost with empty caches. */
export interface AppCost {
  readonly firstResultMs: readonly number[];
  readonly initialScriptGzip: number;
  readonly firstResultGzip: number;
  readonly files: Readonly<Record<string, number>>;
  readonly summary: string;
}

const RUNS = 3;

/** Opens the app, chooses the sample with one face, and waits for its first result. */
async function firstResult(url: string, files: Map<string, Buffer>): Promise<number> {
  const browser = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    context.on('response', (response) => {
      if (!response.ok() || !response.url().startsWith(url)) return;
      void response.body().then((body) => files.set(response.url().slice(url.length), body), () => undefined);
    });
    await page.goto(url, { waitUntil: 'commit' });
    await page.getByRole('button', { name: /sample.*one|one face/i }).first().click();
    await page.getByRole('article').first().waitFor();
    return await page.evaluate(() => performance.now());
  } finally {
    await browser.close();
  }
}

export async function measureApp(): Promise<AppCost> {
  const server = await preview({ preview: { port: 4190, strictPort: false }, logLevel: 'silent' });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the preview server gave no address');
  try {
    const files = new Map<string, Buffer>();
    const firstResultMs: number[] = [];
    for (let i = 0; i < RUNS; i++) firstResultMs.push(await firstResult(url, files));
    const sizes = Object.fromEntries(Array.from(files, ([name, body]) => [name || 'index.html', gzipSync(body, { level: 9 }).length]));
    const html = files.get('')?.toString() ?? '';
    const initial = Array.from(html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g), (m) => sizes[m[1] ?? ''] ?? 0);
    const initialScriptGzip = initial.reduce((a, b) => a + b, 0);
    const firstResultGzip = Object.values(sizes).reduce((a, b) => a + b, 0);
    return {
      firstResultMs,
      initialScriptGzip,
      firstResultGzip,
      files: sizes,
      summary: `first result, cold: ${firstResultMs.map((ms) => ms.toFixed(0)).join(', ')} ms; initial script ${(initialScriptGzip / 1000).toFixed(0)} kB, all for the first result ${(firstResultGzip / 1e6).toFixed(2)} MB (gzip)`,
    };
  } finally {
    await server.close();
  }
}
