/**
 * `npm run bench`: measures Mien and its peers in headless browsers, and prints tables for bench/README.md, then JSON.
 * Absolute times depend on the machine; only the ratios within one run transfer to others. Fails if a limit of size
 * or memory is exceeded (goals.ts).
 */
import { chromium, type Browser } from '@playwright/test';
import { build, preview } from 'vite';
import { drawScene, type Scene } from '../scripts/drawn-faces/scenes';
import { renderScene } from '../scripts/drawn-faces/render';
import { ensureBrowser, launchOptions } from '../scripts/find-browser';
import { drawCameraClips } from '../e2e/support/camera-clips';
import { measureApp } from './app';
import { goals, type Goal } from './goals';
import { collectedHeap } from '../e2e/support/heap';
import { settled } from './page-watch';
import config, { gatherAssets } from './vite.config';
import type { Measured } from './page/main';
import { inWords, quantile, ratioOf } from './speed';

const FRAMES = Number(process.env.BENCH_FRAMES ?? 240);
const SIZE = { width: 640, height: 480 };
const STARTED = ['mien', 'human', 'face-api', 'detector'] as const;
/** Each first result is measured in this many fresh browsers. */
const STARTS = 5;

/** Eight frames in which everyone moves slightly, as on a webcam. */
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

/** Uses a fresh browser, so that nothing is cached or compiled. */
async function coldStart(url: string, system: (typeof STARTED)[number], picture: string): Promise<number> {
  const fresh = await chromium.launch(launchOptions(ensureBrowser()));
  try {
    const page = await fresh.newPage();
    await settled(page);
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(() => 'bench' in window);
    return await page.evaluate(([s, p]) => window.bench.firstResult(s, p), [system, picture] as const);
  } finally {
    await fresh.close();
  }
}

async function coldStarts(url: string, picture: string): Promise<Record<(typeof STARTED)[number], number[]>> {
  const times: Record<(typeof STARTED)[number], number[]> = { mien: [], human: [], 'face-api': [], detector: [] };
  for (let i = 0; i < STARTS; i++) {
    for (const system of STARTED) times[system].push(await coldStart(url, system, picture));
  }
  return times;
}

async function measureMemory(browser: Browser, url: string, pictures: string[]) {
  const page = await browser.newPage();
  await page.goto(url);
  await page.evaluate((p) => window.bench.soak(p, 100), pictures);
  const heapBefore = await collectedHeap(page);
  const { tensorsBefore, tensorsAfter } = await page.evaluate((p) => window.bench.soak(p, 1000), pictures);
  const heapAfter = await collectedHeap(page);
  await page.close();
  return { tensorsBefore, tensorsAfter, heapBefore, heapAfter };
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function comparison(rows: readonly Measured[]): string {
  return table(
    ['scene', 'system', 'backend', 'p50 ms', 'p95 ms', 'faces', 'Mien is faster by (95 %)'],
    rows.map((row) => {
      const ours = rows.find((r) => r.scene === row.scene && r.name === 'mien')?.timesMs ?? [];
      const ratio = row.name === 'mien' ? '' : inWords(ratioOf(row.timesMs, ours));
      return [row.scene, row.name, row.backend, ...[0.5, 0.95].map((share) => quantile(row.timesMs, share).toFixed(1)), row.faces.toFixed(1), ratio];
    }),
  );
}

function stages(rows: readonly Measured[]): string {
  return table(
    ['Mien, medians in ms', 'detect', 'crop', 'classify', 'bitmap, there and back'],
    rows.flatMap(({ scene, stages: inside, timesMs }) => {
      if (!inside) return [];
      const { detectMs, cropMs, classifyMs, totalMs } = inside;
      return [[scene, ...[detectMs, cropMs, classifyMs, quantile(timesMs, 0.5) - totalMs].map((ms) => ms.toFixed(1))]];
    }),
  );
}

function goalTable(all: readonly Goal[]): string {
  return table(
    ['goal', 'asked', 'measured', 'met'],
    all.map(({ what, asked, measured, met }) => [what, asked, measured, met ? 'yes' : '**no**']),
  );
}

gatherAssets();
await drawCameraClips();
await build({ ...config, configFile: false });
const server = await preview({ ...config, configFile: false, preview: { port: 4180, strictPort: false } });
// Software WebGL, so that peers can also be tried on it.
const browser = await chromium.launch(launchOptions(ensureBrowser(), ['--enable-unsafe-swiftshader']));
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
  console.log(`\n${comparison(compared)}\n\n${stages(compared)}\n`);

  const memory = await measureMemory(browser, url, five);
  await browser.close();
  const cold = await coldStarts(url, one[0] ?? '');
  const app = await measureApp(STARTS);
  const list = (times: readonly number[]) => times.map((ms) => ms.toFixed(0)).join(', ');
  console.log(
    table(
      ['first result in a fresh browser', 'ms'],
      [
        ...Object.entries(cold).map(([system, times]) => [`${system}, alone on a bare page`, list(times)]),
        ['built app, sample photo', list(app.photoMs)],
        ['built app, webcam', list(app.webcamMs)],
      ],
    ),
  );
  const all = goals({ compared, memory, app, cold });
  console.log(`\n${goalTable(all)}\n`);
  console.log(JSON.stringify({ compared, memory, cold, app }));
  const broken = all.filter((goal) => goal.binding && !goal.met);
  for (const { what, asked, measured } of broken) console.error(`LIMIT BROKEN: ${what}: asked ${asked}, measured ${measured}`);
  if (broken.length > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
}
