import { chromium, type Browser, type Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { preview } from 'vite';
import { cameraLaunchOptions } from '../e2e/support/browser';
import { watchLongTasks, type LongTask } from './long-tasks';
import { appearance, press, settled, watch } from './page-watch';

/** Cost of opening the built app, measured over localhost with empty caches. */
export interface AppCost {
  /** Times to the first face of the sample photo, and of the (fake) camera. */
  readonly photoMs: readonly number[];
  readonly webcamMs: readonly number[];
  /** Long tasks of one additional start of each kind. */
  readonly longTasks: readonly LongTask[];
  /** Gzipped sizes in bytes, each file compressed separately. */
  readonly initialScriptGzip: number;
  readonly webcamGzip: number;
  readonly files: Readonly<Record<string, number>>;
}

type FirstResult = 'photo' | 'webcam';

/** Watch time for long tasks after the first result, and after each change of place. */
const WATCHED_MS = 2_000;

/** The place of each kind of result. */
const PLACES: Readonly<Record<FirstResult, string>> = { photo: '#/read', webcam: '#/live' };
const FIRST_FACE: Readonly<Record<FirstResult, string>> = { photo: 'ul[aria-label="Faces"] > li', webcam: 'ul[aria-label="Faces in view"] > li' };

async function ask(page: Page, kind: FirstResult): Promise<void> {
  if (kind === 'photo') return press(page, 'button[aria-label^="Try a sample: One"]');
  await press(page, 'button', 'Start camera');
}

/** Calls `work` with a page in a fresh, settled browser. */
async function onFreshPage<T>(work: (page: Page, browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch(cameraLaunchOptions('one'));
  try {
    const context = await browser.newContext({ serviceWorkers: 'block', permissions: ['camera'] });
    const page = await context.newPage();
    await watch(page);
    await settled(page);
    return await work(page, browser);
  } finally {
    await browser.close();
  }
}

/** Opens the place of a result, requests the result as soon as possible, and returns the ms from the navigation to the first face. */
async function firstResult(page: Page, url: string, kind: FirstResult): Promise<number> {
  await page.goto(url + PLACES[kind], { waitUntil: 'commit' });
  await ask(page, kind);
  return (await appearance(page, FIRST_FACE[kind])).atMs;
}

/**
 * Gzipped files fetched until the first result, and the main thread's long tasks up to then, in the following seconds and during two
 * changes of place. Watching both takes CPU time from the app, so this start is not timed.
 */
async function costOfStart(page: Page, browser: Browser, url: string, kind: FirstResult): Promise<{ files: Map<string, number>; html: string; tasks: LongTask[] }> {
  const fetched = new Map<string, Promise<Buffer>>();
  page.context().on('response', (response) => {
    if (response.ok() && response.url().startsWith(url)) fetched.set(response.url().slice(url.length), response.body());
  });
  const endOfTasks = await watchLongTasks(browser);
  await firstResult(page, url, kind);
  const files = new Map<string, number>();
  for (const [name, body] of [...fetched]) files.set(name || 'index.html', gzipSync(await body, { level: 9 }).length);
  const html = (await fetched.get(''))?.toString() ?? '';
  await page.waitForTimeout(WATCHED_MS);
  for (const place of kind === 'photo' ? (['webcam', 'photo'] as const) : (['photo', 'webcam'] as const)) {
    await press(page, `a[href="${PLACES[place]}"]`);
    await page.waitForTimeout(WATCHED_MS);
  }
  return { files, html, tasks: await endOfTasks() };
}

/** @param runs number of starts of each kind. */
export async function measureApp(runs: number): Promise<AppCost> {
  const server = await preview({ preview: { port: 4190, strictPort: false }, logLevel: 'silent' });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the preview server gave no address');
  try {
    const photoMs: number[] = [];
    const webcamMs: number[] = [];
    for (let i = 0; i < runs; i++) {
      photoMs.push(await onFreshPage((page) => firstResult(page, url, 'photo')));
      webcamMs.push(await onFreshPage((page) => firstResult(page, url, 'webcam')));
    }
    const photo = await onFreshPage((page, browser) => costOfStart(page, browser, url, 'photo'));
    const webcam = await onFreshPage((page, browser) => costOfStart(page, browser, url, 'webcam'));
    const initial = Array.from(webcam.html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g), (m) => webcam.files.get(m[1] ?? '') ?? 0);
    return {
      photoMs,
      webcamMs,
      longTasks: [...photo.tasks, ...webcam.tasks],
      initialScriptGzip: initial.reduce((a, b) => a + b, 0),
      webcamGzip: [...webcam.files.values()].reduce((a, b) => a + b, 0),
      files: Object.fromEntries(webcam.files),
    };
  } finally {
    await server.close();
  }
}
