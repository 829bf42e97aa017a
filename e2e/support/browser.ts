import type { BrowserContext, LaunchOptions, Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { ensureBrowser, launchOptions } from '../../scripts/find-browser';

export const testBrowser = ensureBrowser();

/**
 * Makes the device one on which WebAssembly was found fastest before; to be called before a page is opened.
 *
 * @param baseURL the only site that remembers it; every one if undefined.
 */
export async function beKnown(visitor: BrowserContext | Page, baseURL?: string): Promise<void> {
  await visitor.addInitScript((origin) => {
    if (origin !== null && location.origin !== origin) return;
    if (localStorage.getItem('mien.fastest-backend') === null) localStorage.setItem('mien.fastest-backend', JSON.stringify({ backend: 'wasm', browser: navigator.userAgent }));
  }, baseURL === undefined ? null : new URL(baseURL).origin);
}

/** What the fake camera can show: a person who sways, one far away, one who keeps still on the left, or two who walk past one another. */
export type ClipName = 'one' | 'far' | 'aside' | 'two';

/** Drawn by `camera-clips.ts`. */
export function clipPath(clip: ClipName): string {
  return fileURLToPath(new URL(`../../.cache/clips/${clip}.y4m`, import.meta.url));
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
