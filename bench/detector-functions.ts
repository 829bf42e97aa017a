/**
 * `npm run detector-functions [-- DIR]`: finds out which functions of MediaPipe's WebAssembly Mien's detector calls, on x86 and on ARM
 * processors, in drawn pictures and in the photos of DIR (`DIR/happy/*.jpg`), which are only read. Writes scripts/detector-functions.json;
 * `npm run assets` empties all other functions. To be run, and its result committed, with every new version of MediaPipe.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderScene } from '../scripts/drawn-faces/render';
import { fiveFaces, manyFaces, noFace, oneFace, twentyFaces } from '../scripts/drawn-faces/scenes';
import { onBenchPage } from './bench-page';
import { labelledPhotos } from './labelled-photos';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = process.argv[2];
const photos = folder === undefined ? [] : labelledPhotos(folder).map(({ url }) => url);

const called = new Set<number>();
for (const processor of ['x86', 'arm'] as const) {
  await onBenchPage('detector-functions.html', async (page) => {
    const drawn: string[] = [];
    for (const scene of [noFace(), oneFace(), fiveFaces(), twentyFaces(), manyFaces(60, 62)]) {
      drawn.push(`data:image/png;base64,${(await renderScene(page, scene)).toString('base64')}`);
    }
    const indexes = await page.evaluate(([p, of]) => window.detectorFunctions(p, of), [[...drawn, ...photos] as readonly string[], processor] as const);
    console.log(`${processor}: ${indexes.length} functions`);
    for (const index of indexes) called.add(index);
  });
}

const ranges: string[] = [];
const sorted = [...called].sort((a, b) => a - b);
for (let i = 0; i < sorted.length; i++) {
  const first = sorted[i] ?? 0;
  while ((sorted[i + 1] ?? NaN) === (sorted[i] ?? 0) + 1) i++;
  const last = sorted[i] ?? first;
  ranges.push(first === last ? String(first) : `${first}-${last}`);
}
const sha256 = createHash('sha256').update(readFileSync(at('../public/vendor/mediapipe/vision_wasm_module_internal.wasm'))).digest('hex');
writeFileSync(at('../scripts/detector-functions.json'), `${JSON.stringify({ sha256, ranges: ranges.join(' ') }, null, 2)}\n`);
console.log(`scripts/detector-functions.json: ${called.size} functions`);
