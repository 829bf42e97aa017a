/**
 * `npm run bench`: measures Mien and its peers in one headless browser, and prints JSON and a table.
 * Absolute times are this machine's; only the ratios of one run say something elsewhere.
 */
import { chromium, type Browser } from '@playwright/test';
import { build, preview } from 'vite';
import { drawScene, type Scene } from '../scripts/drawn-faces/scenes';
import { renderScene } from '../scripts/drawn-faces/render';
import { ensureBrowser, launchOptions } from '../scripts/find-browser';
import globalSetup from '../e2e/support/global-setup';
import { measureApp } from './app';
import { collectedHeap } from './heap';
import config, { gatherAssets } from './vite.config';
import type { Measured } from './page/main';

const FRAMES = Number(process.env.BENCH_FRAMES ?? 100);
const SIZE = { width: 640, height: 480 };

/** Eight frames in which everyone moves a little, as on a webcam. */
function scenes(people: number): Scene[] {
  return Array.from({ length: 8 }, (_, i) =>
    drawScene(
      SIZE,
      Array.from({ length: people }, (_face, k) => ({
        x: people === 1 ? 320 + i * 4 : 70 + k * 125 + i * 2,
        y: (people === 1 ? 215 : 200 + (k % 2) * 60) + i,
        height: people === 1 ? 220 : 110,
        expression: (['happy', 'neutral', 'surprise', 'sad', 'angry'] as const)[k % 5] ?? 'happy',
        seed: k + 1,
      })),
    ),
  );
}

async function pictures(browser: Browser, people: number): Promise<string[]> {
  const page = await browser.newPage();
  const urls: string[] = [];
  for (const scene of scenes(people)) {
    urls.push(`data:image/png;base64,${(await renderScene(page, scene)).toString('base64')}`);
  }
  await page.close();
  return urls;
}

/** In a browser of its own, so that nothing is cached or compiled. */
async function coldStart(url: string, system: 'mien' | 'human' | 'face-api', picture: string): Promise<number> {
  const fresh = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const page = await fresh.newPage();
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(() => 'bench' in window);
    return await page.evaluate(([s, p]) => window.bench.firstResult(s, p), [system, picture] as const);
  } finally {
    await fresh.close();
  }
}

function table(rows: Measured[]): string {
  const lines = ['| scene | system | backend | p50 ms | p95 ms | faces | Mien is faster by |', '|---|---|---|---|---|---|---|'];
  for (const row of rows) {
    const ours = rows.find((r) => r.scene === row.scene && r.name === 'mien')?.p50Ms ?? NaN;
    const ratio = row.name === 'mien' ? '' : `${(row.p50Ms / ours).toFixed(2)} ×`;
    lines.push(
      `| ${row.scene} | ${row.name} | ${row.backend} | ${row.p50Ms.toFixed(1)} | ${row.p95Ms.toFixed(1)} | ${row.faces.toFixed(1)} | ${ratio} |`,
    );
  }
  return lines.join('\n');
}

gatherAssets();
await globalSetup();
await build({ ...config, configFile: false });
const server = await preview({ ...config, configFile: false, preview: { port: 4180, strictPort: false } });
const browser = await chromium.launch(
  launchOptions(ensureBrowser(), ['--enable-unsafe-swiftshader']),
);
try {
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the bench server gave no address');
  const one = await pictures(browser, 1);
  const five = await pictures(browser, 5);

  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(url);
  const compared = await page.evaluate(([s, n]) => window.bench.compare(s, n), [{ 'one face': one, 'five faces': five }, FRAMES] as const);
  await page.close();
  console.log(`\n${table(compared)}\n`);

  for (const system of ['mien', 'human', 'face-api'] as const) {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) times.push(await coldStart(url, system, one[0] ?? ''));
    console.log(`first result of ${system}, fresh browser: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  }

  const soakPage = await browser.newPage();
  await soakPage.goto(url);
  await soakPage.evaluate((p) => window.bench.soak(p, 100), five);
  const heapBefore = await collectedHeap(soakPage);
  const soak = await soakPage.evaluate((p) => window.bench.soak(p, 1000), five);
  const heapAfter = await collectedHeap(soakPage);
  await soakPage.close();

  console.log(`1,000 frames, five faces: tensors ${soak.tensorsBefore} → ${soak.tensorsAfter}, heap ${(heapBefore / 1e6).toFixed(1)} → ${(heapAfter / 1e6).toFixed(1)} MB`);
  const app = await measureApp();
  console.log(app.summary);
  console.log(JSON.stringify({ compared, soak: { ...soak, heapBefore, heapAfter }, app }));
} finally {
  await browser.close();
  await server.close();
}
