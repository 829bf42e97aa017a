/**
 * `npm run probe-faces [file first count]`: draws the faces that determine a custom model's scaling and label order,
 * into public/lab/probe-faces.bin: one byte of luminance per pixel, face after face, as listed in `PROBE_FACES`.
 * The result is committed. With arguments: draws `count` other people, starting at `first`, into another file.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { EXPRESSIONS } from '../src/engine/labels';
import { PROBE_FACES } from '../src/network/probe-faces';
import { drawScene, type Scene } from './drawn-faces/scenes';
import { ensureBrowser, launchOptions } from './find-browser';

/** Size and position of the face in its square match the app's own crops. */
const FACE_HEIGHT = 1;
const CENTRE = 0.47;

/** Luminance (Rec. 601) of a scene, row by row. */
async function luminanceOf(page: Page, { svg, size }: Scene): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([text, width, height]) => {
      const picture = new Image();
      picture.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
      await picture.decode();
      const context = new OffscreenCanvas(width, height).getContext('2d');
      if (context === null) throw new Error('no 2D canvas');
      context.drawImage(picture, 0, 0, width, height);
      URL.revokeObjectURL(picture.src);
      const { data } = context.getImageData(0, 0, width, height);
      let bytes = '';
      for (let i = 0; i < data.length; i += 4) {
        bytes += String.fromCharCode(Math.round(0.299 * (data[i] ?? 0) + 0.587 * (data[i + 1] ?? 0) + 0.114 * (data[i + 2] ?? 0)));
      }
      return btoa(bytes);
    },
    [svg, size.width, size.height] as const,
  );
  return Buffer.from(base64, 'base64');
}

const { side, looks } = PROBE_FACES;
const [file = fileURLToPath(new URL(`../public/${PROBE_FACES.file}`, import.meta.url)), first = '0', count = String(looks)] = process.argv.slice(2);
const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  const page = await browser.newPage();
  const size = { width: side, height: side };
  const faces: Buffer[] = [];
  for (const expression of EXPRESSIONS) {
    for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
      const face = { x: side / 2, y: side * CENTRE, height: side * FACE_HEIGHT, expression, seed };
      faces.push(await luminanceOf(page, drawScene(size, [face])));
    }
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.concat(faces));
  console.log(`${faces.length} faces of ${side}×${side}`);
} finally {
  await browser.close();
}
