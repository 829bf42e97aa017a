import { expect, type Page } from '@playwright/test';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as Library from '../../src/index';
import { serveFolders, type StaticServer } from '../../scripts/static-server';
import { clipFile, videoClips } from '../../scripts/drawn-faces/video-clips';

/** Output of `npm run build:lib`. */
export const LIBRARY_FOLDER = process.env.MIEN_DIST_LIB ?? 'dist-lib';

/** Globals that the host page's script sets for the tests. */
declare global {
  interface Window {
    Mien: typeof Library;
    mien: Library.Recognizer;
    /** See `loadClip`. */
    clip: File;
  }
}

/** As in examples/index.html. */
export const NEEDED_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'; img-src 'self' blob: data:; media-src blob:";

const CLIP = 'per-second.mp4';

/** Served, not fulfilled by Playwright: Chromium treats such pages as public ones, which may not access a local address. */
const HOSTS = `.cache/hosts/${process.pid}`;

/** Serves the examples with the library below /mien/, and a second copy under its own URL. */
export function serveLibrary(headers: Readonly<Record<string, string>> = {}): Promise<StaticServer> {
  if (!existsSync(`${LIBRARY_FOLDER}/index.js`)) throw new Error(`${LIBRARY_FOLDER} is missing: npm run build:lib`);
  return serveFolders({ '/': 'examples', '/mien/': LIBRARY_FOLDER, '/other/place/': LIBRARY_FOLDER, '/hosts/': HOSTS, '/clips/': dirname(clipFile(CLIP)) }, { headers });
}

/** Opens a page that only imports the library; `policy` is its content security policy. */
export async function openHost(page: Page, server: StaticServer, policy = NEEDED_POLICY): Promise<void> {
  const script = `import * as Mien from '/mien/index.js'; window.Mien = Mien; document.title = 'imported';`;
  const html = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module" src="./host.js"></script><body></body>`;
  mkdirSync(HOSTS, { recursive: true });
  writeFileSync(`${HOSTS}/host.js`, script);
  writeFileSync(`${HOSTS}/host.html`, html);
  await page.goto(`${server.url}hosts/host.html`);
  await expect(page).toHaveTitle('imported');
}

/** Creates the page's recognizer; returns its error's kind and reason, or null. */
export function createIn(page: Page, options: Pick<Library.RecognizerOptions, 'assetBase' | 'backend' | 'mode'> = {}): Promise<string | null> {
  return page.evaluate(async (chosen) => {
    try {
      window.mien = await window.Mien.createRecognizer({ backend: 'wasm', ...chosen });
      return null;
    } catch (error) {
      return error instanceof window.Mien.MienError ? `${error.kind}/${error.reason}` : String(error);
    }
  }, options);
}

/** Sets the page's `clip`: three seconds, happy, surprise and neutral, 20 frames each. */
export async function loadClip(page: Page): Promise<void> {
  await videoClips([CLIP]);
  await page.evaluate(async (name) => {
    window.clip = new File([await (await fetch(`/clips/${name}`)).blob()], name);
  }, CLIP);
}
