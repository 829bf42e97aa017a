import { chromium, type Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { preview } from 'vite';
import { cameraLaunchOptions } from '../e2e/support/browser';
import { watchLongTasks, type LongTask } from './long-tasks';
import { appearance, press, settled, watch } from './page-watch';

/** What the built app costs to open, measured over localhost with empty caches. */
export interface AppCost {
  /** Until the first face of the sample photo; until the first face of the (fake) camera. */
  readonly photoMs: readonly number[];
  readonly webcamMs: readonly number[];
  /** Of all of these runs. */
  readonly longTasks: readonly LongTask[];
  /** Bytes, each file gzipped on its own. */
  readonly initialScriptGzip: number;
  readonly webcamGzip: number;
  readonly files: Readonly<Record<string, number>>;
}

type FirstResult = 'photo' | 'webcam';

/** How long the page is watched for long tasks after its first result, and after each change of tab. */
const WATCHED_MS = 2_000;

const TABS: Readonly<Record<FirstResult, string>> = { photo: '[role=tab][data-key=photo]', webcam: '[role=tab][data-key=webcam]' };
const FIRST_FACE: Readonly<Record<FirstResult, string>> = { photo: 'ul[aria-label="Faces"] > li', webcam: 'ul[aria-label="Faces in view"] > li' };

async function ask(page: Page, kind: FirstResult): Promise<void> {
  if (kind === 'photo') return press(page, 'button[aria-label^="Try a sample: one"]');
  await press(page, TABS.webcam);
  await press(page, 'button', 'Start camera');
}

/**
 * Opens the app in a fresh browser, asks for a result as soon as the page lets one, and waits for the first
 * face. Returns ms since the navigation began; fills `files` with what was fetched until then, and `tasks` with
 * the main thread's long ones, those of the next seconds and of two changes of tab included.
 */
async function firstResult(url: string, kind: FirstResult, files: Map<string, Buffer>, tasks: LongTask[]): Promise<number> {
  const browser = await chromium.launch(cameraLaunchOptions('one'));
  try {
    const context = await browser.newContext({ serviceWorkers: 'block', permissions: ['camera'] });
    const page = await context.newPage();
    await watch(page);
    let open = true;
    const bodies: Promise<unknown>[] = [];
    context.on('response', (response) => {
      if (!open || !response.ok() || !response.url().startsWith(url)) return;
      bodies.push(response.body().then((body) => files.set(response.url().slice(url.length), body), () => undefined));
    });
    await settled(page);
    const endOfTasks = await watchLongTasks(browser);
    await page.goto(url, { waitUntil: 'commit' });
    await ask(page, kind);
    const { atMs } = await appearance(page, FIRST_FACE[kind]);
    open = false;
    await Promise.all(bodies);
    await page.waitForTimeout(WATCHED_MS);
    for (const tab of kind === 'photo' ? (['webcam', 'photo'] as const) : (['photo', 'webcam'] as const)) {
      await press(page, TABS[tab]);
      await page.waitForTimeout(WATCHED_MS);
    }
    tasks.push(...(await endOfTasks()));
    return atMs;
  } finally {
    await browser.close();
  }
}

/** @param runs of each kind. */
export async function measureApp(runs: number): Promise<AppCost> {
  const server = await preview({ preview: { port: 4190, strictPort: false }, logLevel: 'silent' });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the preview server gave no address');
  try {
    const photoMs: number[] = [];
    const webcamMs: number[] = [];
    const longTasks: LongTask[] = [];
    const files = new Map<string, Buffer>();
    for (let i = 0; i < runs; i++) {
      photoMs.push(await firstResult(url, 'photo', new Map(), longTasks));
      webcamMs.push(await firstResult(url, 'webcam', files, longTasks));
    }
    const sizes = Object.fromEntries(Array.from(files, ([name, body]) => [name || 'index.html', gzipSync(body, { level: 9 }).length]));
    const html = files.get('')?.toString() ?? '';
    const initial = Array.from(html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g), (m) => sizes[m[1] ?? ''] ?? 0);
    return {
      photoMs,
      webcamMs,
      longTasks,
      initialScriptGzip: initial.reduce((a, b) => a + b, 0),
      webcamGzip: Object.values(sizes).reduce((a, b) => a + b, 0),
      files: sizes,
    };
  } finally {
    await server.close();
  }
}
