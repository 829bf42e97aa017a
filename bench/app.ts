import { chromium } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { preview } from 'vite';
import { faceCards, liveFaces, startCamera } from '../e2e/support/app';
import { cameraLaunchOptions } from '../e2e/support/browser';

/** What the built app costs to open, measured on `dist/` over localhost with empty caches. */
export interface AppCost {
  /** Until the first face of the sample photo; until the first face of the (fake) camera. */
  readonly photoMs: readonly number[];
  readonly webcamMs: readonly number[];
  /** The main thread's tasks of over 50 ms in all of these runs, ms. */
  readonly longTasksMs: readonly number[];
  /** Bytes, each file gzipped on its own. */
  readonly initialScriptGzip: number;
  readonly webcamGzip: number;
  readonly files: Readonly<Record<string, number>>;
  readonly summary: string;
}

const RUNS = 3;

type FirstResult = 'photo' | 'webcam';

/** How long the live view is watched for long tasks after its first result. */
const LIVE_MS = 5_000;

/**
 * Opens the app in a fresh browser, asks for a result as soon as the page lets one, and waits for the
 * first face. Returns ms since the navigation began; fills `files` with what was fetched until then, and
 * `longTasks` with the main thread's tasks of over 50 ms, those of the live view's next seconds included.
 */
async function firstResult(url: string, kind: FirstResult, files: Map<string, Buffer>, longTasks: number[]): Promise<number> {
  const browser = await chromium.launch(cameraLaunchOptions('one'));
  try {
    const context = await browser.newContext({ serviceWorkers: 'block', permissions: ['camera'] });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const held = (window as unknown as { longTasks: number[] });
      held.longTasks = [];
      new PerformanceObserver((list) => held.longTasks.push(...list.getEntries().map((e) => e.duration))).observe({ type: 'longtask', buffered: true });
    });
    let open = true;
    const bodies: Promise<unknown>[] = [];
    context.on('response', (response) => {
      if (!open || !response.ok() || !response.url().startsWith(url)) return;
      bodies.push(response.body().then((body) => files.set(response.url().slice(url.length), body), () => undefined));
    });
    await page.goto(url, { waitUntil: 'commit' });
    if (kind === 'photo') {
      await page.getByRole('button', { name: 'Try a sample: One face' }).click();
      await faceCards(page).first().waitFor();
    } else {
      await startCamera(page);
      await liveFaces(page).first().waitFor();
    }
    const ms = await page.evaluate(() => performance.now());
    open = false;
    await Promise.all(bodies);
    if (kind === 'webcam') await page.waitForTimeout(LIVE_MS);
    longTasks.push(...(await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks)));
    return ms;
  } finally {
    await browser.close();
  }
}

export async function measureApp(): Promise<AppCost> {
  const server = await preview({ preview: { port: 4190, strictPort: false }, logLevel: 'silent' });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the preview server gave no address');
  try {
    const photoMs: number[] = [];
    const webcamMs: number[] = [];
    const longTasksMs: number[] = [];
    const files = new Map<string, Buffer>();
    for (let i = 0; i < RUNS; i++) {
      photoMs.push(await firstResult(url, 'photo', new Map(), longTasksMs));
      webcamMs.push(await firstResult(url, 'webcam', files, longTasksMs));
    }
    const sizes = Object.fromEntries(Array.from(files, ([name, body]) => [name || 'index.html', gzipSync(body, { level: 9 }).length]));
    const html = files.get('')?.toString() ?? '';
    const initial = Array.from(html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g), (m) => sizes[m[1] ?? ''] ?? 0);
    const initialScriptGzip = initial.reduce((a, b) => a + b, 0);
    const webcamGzip = Object.values(sizes).reduce((a, b) => a + b, 0);
    const list = (times: number[]) => times.map((ms) => ms.toFixed(0)).join(', ');
    return {
      photoMs,
      webcamMs,
      longTasksMs,
      initialScriptGzip,
      webcamGzip,
      files: sizes,
      summary: `first result, cold: photo ${list(photoMs)} ms, webcam ${list(webcamMs)} ms; initial script ${(initialScriptGzip / 1000).toFixed(0)} kB, all for the first webcam result ${(webcamGzip / 1e6).toFixed(2)} MB (gzip); main-thread tasks over 50 ms in ${2 * RUNS} runs: ${list(longTasksMs) || 'none'}`,
    };
  } finally {
    await server.close();
  }
}
