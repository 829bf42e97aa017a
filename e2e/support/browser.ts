import type { LaunchOptions } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { ensureBrowser, launchOptions } from '../../scripts/find-browser';

export const testBrowser = ensureBrowser();

/** What the fake camera can show: a person who sways, one far away, one who keeps still on the left, or two who walk past one another. */
export type ClipName = 'one' | 'far' | 'aside' | 'two';

/** Drawn by `global-setup.ts`. */
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
