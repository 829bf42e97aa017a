/**
 * `npm run video-bench`: measures the analysis of a video file in the built app (`dist/`): 60 seconds of 640×480 H.264 at
 * 30 frames per second, one face, 10 analysed frames per second; the goal is 20 seconds. Also checks that
 * memory stays flat on a file of several hundred megabytes. `MIEN_DIST` selects another build.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { READING_MS } from '../e2e/support/app';
import { chooseRate, ending, openVideos } from '../e2e/support/video';
import { swayingPerson } from '../scripts/drawn-faces/clips';
import { film, type FilmOptions, type Shot } from '../scripts/drawn-faces/film';
import { writeMotionJpeg } from '../scripts/drawn-faces/motion-jpeg';
import { renderScene } from '../scripts/drawn-faces/render';
import { ensureBrowser, launchOptions } from '../scripts/find-browser';
import { collectedHeap } from '../e2e/support/heap';

const RUNS = Number(process.env.BENCH_RUNS ?? 3);
const H264: FilmOptions = { format: 'mp4', codec: 'avc', framesPerSecond: 30, bitrate: 1_500_000 };
const SIZE = { width: 640, height: 480 };
/** Frames of the large file, each about 90 kB: 450 MB. */
const LARGE_FRAMES = 5000;

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../.cache/videos/${name}`, import.meta.url));
}

/** Four different seconds, repeated: drawing is slow, and repetition does not affect the analysis. */
function* minute(): Generator<Shot> {
  const drawn = [...swayingPerson(4)];
  for (let i = 0; i < 60 * 30; i++) {
    const scene = drawn[i % drawn.length];
    if (scene) yield { scene, seconds: 1 / 30 };
  }
}

async function draw(browser: Browser): Promise<void> {
  mkdirSync(pathOf(''), { recursive: true });
  if (!existsSync(pathOf('minute.mp4'))) writeFileSync(pathOf('minute.mp4'), await film(browser, minute(), H264));
  if (existsSync(pathOf('large.avi'))) return;
  const page = await browser.newPage();
  const pictures: Buffer[] = [];
  for (const scene of swayingPerson(0.5)) pictures.push(await renderScene(page, scene, 'image/jpeg', 1));
  await page.close();
  const frames = Array.from({ length: LARGE_FRAMES }, (_, i) => pictures[i % pictures.length] ?? Buffer.alloc(0));
  writeFileSync(pathOf('large.avi'), writeMotionJpeg(frames, { size: SIZE, framesPerSecond: 25 }));
}

/** Duration of an analysis, s. */
async function analyse(page: Page, url: string, path: string, rate: string): Promise<number> {
  await page.goto(url);
  await openVideos(page, path);
  await page.getByRole('button', { name: 'Analyse', exact: true }).waitFor();
  await chooseRate(page, rate);
  // The model is ready before the clock starts, as for a user who looks at the clip first.
  await page.waitForTimeout(4000);
  const started = performance.now();
  await page.getByRole('button', { name: 'Analyse', exact: true }).click();
  await ending(page).waitFor({ timeout: 10 * READING_MS });
  return (performance.now() - started) / 1000;
}

const server = await preview({ build: { outDir: process.env.MIEN_DIST ?? 'dist' }, preview: { port: 4195, strictPort: false }, logLevel: 'silent' });
const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the preview server gave no address');
  await draw(browser);
  const context = await browser.newContext({ serviceWorkers: 'block', baseURL: url });
  const page = await context.newPage();
  const seconds: number[] = [];
  for (let i = 0; i < RUNS; i++) seconds.push(await analyse(page, url, pathOf('minute.mp4'), '10 frames a second'));
  console.log(`60 s of 640×480 H.264, one face, 10 frames a second: ${seconds.map((s) => s.toFixed(1)).join(', ')} s`);

  const large = (statSync(pathOf('large.avi')).size / 1e6).toFixed(0);
  await page.goto(url);
  await openVideos(page, pathOf('large.avi'));
  await page.getByRole('button', { name: 'Analyse', exact: true }).waitFor();
  await chooseRate(page, '10 frames a second');
  await page.getByRole('button', { name: 'Analyse', exact: true }).click();
  await page.getByText(/[1-9]\d\d frames read/).waitFor({ timeout: READING_MS });
  const early = await collectedHeap(page);
  await page.getByText(/(9|1\d)\d\d frames read/).waitFor({ timeout: 10 * READING_MS });
  const late = await collectedHeap(page);
  console.log(`${large} MB, streamed: collected heap ${(early / 1e6).toFixed(1)} MB after 100 frames, ${(late / 1e6).toFixed(1)} MB after 900`);
  console.log(JSON.stringify({ minuteSeconds: seconds, largeMegabytes: Number(large), heapEarly: early, heapLate: late }));
} finally {
  await browser.close();
  await server.close();
}
