import type { LaunchOptions, Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { ensureBrowser, launchOptions } from '../../scripts/find-browser';

export const testBrowser = ensureBrowser();

/** What the browser keeps of a visitor who was here before; made by `global-setup.ts`, for each run's own address. */
export const RETURNING_VISITOR = fileURLToPath(new URL(`../../.cache/visitors/${process.env.MIEN_PORT ?? '4173'}.json`, import.meta.url));

/** The same on a server with an address of its own; before the page is opened. */
export async function beKnown(page: Page): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('mien.fastest-backend', JSON.stringify({ backend: 'wasm', browser: navigator.userAgent })));
}

/** Of somebody who was never here. */
export const FIRST_VISITOR = { cookies: [], origins: [] };

/** What the fake camera can show: a person who sways, one far away, one who keeps still on the left, or two who walk past one another. */
export type ClipName = 'one' | 'far' | 'aside' | 'two';

/** Drawn by `camera-clips.ts`. */
export function clipPath(clip: ClipName): string {
  return fileURLToPath(new URL(`../../.cache/clips/${clip}.mjpeg`, import.meta.url));
}

/** A browser whose only camera plays the clip; for another one than the default: `test.use({ launchOptions: … })`. */
export function cameraLaunchOptions(clip: ClipName): LaunchOptions {
  return launchOptions(testBrowser, [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${clipPath(clip)}`,
    // WebGL without a GPU.
    '--enable-unsafe-swiftshader',
  ]);
}
