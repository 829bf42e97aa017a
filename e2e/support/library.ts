import { expect, type Page } from '@playwright/test';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as Library from '../../src/index';
import { serveFolders, type StaticServer } from '../../scripts/static-server';
import { clipFile, videoClips } from '../../scripts/drawn-faces/video-clips';

/** What `npm run build:lib` made. */
export const LIBRARY_FOLDER = process.env.MIEN_DIST_LIB ?? 'dist-lib';

/** What the host page's script leaves for the tests. */
declare global {
  interface Window {
    Mien: typeof Library;
    mien: Library.Recognizer;
    /** See `loadClip`. */
    clip: File;
  }
}

/** As examples/index.html has it. */
export const NEEDED_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; connect-src 'self'; img-src 'self' blob: data:; media-src blob:";

const CLIP = 'per-second.mp4';

/** Served, not fulfilled by Playwright: Chromium takes such pages for public ones, which may not ask a local address. */
const HOSTS = `.cache/hosts/${process.pid}`;

/** The examples with the library below /mien/, and once more under an address of its own. */
export function serveLibrary(headers: Readonly<Record<string, string>> = {}): Promise<StaticServer> {
  if (!existsSync(`${LIBRARY_FOLDER}/index.js`)) throw new Error(`${LIBRARY_FOLDER} is missing: npm run build:lib`);
  return serveFolders({ '/': 'examples', '/mien/': LIBRARY_FOLDER, '/other/place/': LIBRARY_FOLDER, '/hosts/': HOSTS, '/clips/': dirname(clipFile(CLIP)) }, { headers });
}

/** A page that imports the library and does nothing else; `policy` is its content security policy. */
export async function openHost(page: Page, server: StaticServer, policy = NEEDED_POLICY): Promise<void> {
  const script = `import * as Mien from '/mien/index.js'; window.Mien = Mien; document.title = 'imported';`;
  const html = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module" src="./host.js"></script><body></body>`;
  mkdirSync(HOSTS, { recursive: true });
  writeFileSync(`${HOSTS}/host.js`, script);
  writeFileSync(`${HOSTS}/host.html`, html);
  await page.goto(`${server.url}hosts/host.html`);
  await expect(page).toHaveTitle('imported');
}

/** Makes the page's recognizer; gives its error's kind and reason, or null. */
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

/** Leaves three seconds, happy, surprise and neutral, 20 frames each, as the page's `clip`. */
export async function loadClip(page: Page): Promise<void> {
  await videoClips([CLIP]);
  await page.evaluate(async (name) => {
    window.clip = new File([await (await fetch(`/clips/${name}`)).blob()], name);
  }, CLIP);
}
