import type { BrowserContext, LaunchOptions, Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { ensureBrowser, launchOptions } from '../../scripts/find-browser';

export const testBrowser = ensureBrowser();

/**
 * Marks WebAssembly as already measured the fastest on this device; call before opening a page.
 *
 * @param baseURL the only site to mark; all sites if undefined.
 */
export async function beKnown(visitor: BrowserContext | Page, baseURL?: string): Promise<void> {
  await visitor.addInitScript((origin) => {
    if (origin !== null && location.origin !== origin) return;
    if (localStorage.getItem('mien.fastest-backend') === null) localStorage.setItem('mien.fastest-backend', JSON.stringify({ backend: 'wasm', browser: navigator.userAgent }));
  }, baseURL === undefined ? null : new URL(baseURL).origin);
}

/** Clips for the fake camera: a person who sways, one far away, one who keeps still on the left, or two who walk past each other. */
export type ClipName = 'one' | 'far' | 'aside' | 'two';

/** Drawn by `camera-clips.ts`. */
export function clipPath(clip: ClipName): string {
  return fileURLToPath(new URL(`../../.cache/clips/${clip}.y4m`, import.meta.url));
}

/** A browser whose only camera plays the clip; to override the default: `test.use({ launchOptions: … })`. */
export function cameraLaunchOptions(clip: ClipName): LaunchOptions {
  return launchOptions(testBrowser, [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${clipPath(clip)}`,
    // WebGL without a GPU.
    '--enable-unsafe-swiftshader',
  ]);
}
