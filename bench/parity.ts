/**
 * `npm run parity -- [PICTURE…]`: checks whether a live stream of a picture gives the same results as a still, after one second.
 *
 * Default pictures: the drawn people at 1280×720 and 640×480, 25 small faces, and a turned one; given pictures are used
 * at both sizes. `PARITY_SEARCH=thorough` compares a clip's frames instead of a camera's. `PARITY_CAMERA=noise` simulates a
 * camera with sensor noise, `jpeg` noise and compression, `compressed` only compression; their effect on a still is also
 * reported. `PARITY_SECONDS=10` shows each picture for longer, to see whether faces disappear or change their label.
 */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { renderScene } from '../scripts/drawn-faces/render';
import { fiveFaces, manyFaces, oneFace, type Scene } from '../scripts/drawn-faces/scenes';
import type { Search } from '../src/engine/types';
import { onBenchPage } from './bench-page';
import type { Camera, Parity, ParityPicture } from './page/parity';

const WIDE = { width: 1280, height: 720 };
const SMALL = { width: 640, height: 480 };
const CAMERAS: readonly Camera[] = ['plain', 'compressed', 'noise', 'jpeg'];
const SECOND = 30;
const SECONDS = Number(process.env.PARITY_SECONDS ?? 1);
if (!(Number.isInteger(SECONDS) && SECONDS > 0)) throw new Error('PARITY_SECONDS is no whole number of seconds');
const FRAMES = SECOND * SECONDS;

const search: Search = process.env.PARITY_SEARCH === 'thorough' ? 'thorough' : 'fast';
const camera = CAMERAS.find((kind) => kind === process.env.PARITY_CAMERA) ?? 'plain';

async function drawnPictures(page: Page): Promise<ParityPicture[]> {
  const draw = async (name: string, scene: Scene, sizes: ParityPicture['sizes']) => ({ name, url: toUrl('image/png', await renderScene(page, scene)), sizes });
  return [
    await draw('five people', fiveFaces(), [WIDE, SMALL]),
    await draw('one person', oneFace(), [SMALL]),
    await draw('16 faces of 66 px', manyFaces(16, 66), [WIDE]),
    await draw('25 faces of 62 px', manyFaces(25, 62), [WIDE]),
  ];
}

function toUrl(type: string, bytes: Buffer): string {
  return `data:${type};base64,${bytes.toString('base64')}`;
}

function row({ name, size, stillFaces, liveFaces, missed, differences, stillDifferences, lostFrames, moreTracks, labelChanges, stillMs, firstFrameMs, frameMs }: Parity): string {
  const worst = Math.max(0, ...differences);
  const mean = differences.reduce((sum, d) => sum + d, 0) / Math.max(1, differences.length);
  const points = (value: number) => (100 * value).toFixed(1);
  const cells = [name, `${size.width}×${size.height}`, stillFaces, liveFaces, missed, points(mean), points(worst), points(Math.max(0, ...stillDifferences)), ...[lostFrames, moreTracks, labelChanges].map((count) => (FRAMES > SECOND ? count : '–'))];
  return `| ${[...cells, ...[stillMs, firstFrameMs, frameMs].map((ms) => ms.toFixed(0))].join(' | ')} |`;
}

await onBenchPage('parity.html', async (page) => {
  const files = process.argv.slice(2);
  const given = files.map((file) => ({ name: file.split('/').at(-1) ?? file, url: toUrl('image/*', readFileSync(file)), sizes: [WIDE, SMALL] }));
  const pictures = given.length > 0 ? given : await drawnPictures(page);
  const rows: Parity[] = [];
  for (const picture of pictures) rows.push(...(await page.evaluate(([p, s, c, n]) => window.compareWithStills([p], s, c, n), [picture, search, camera, FRAMES] as const)));
  console.log(`| picture (${search}, ${camera}) | size | faces as a still | live | missed | mean difference, points | worst | as stills, worst | frames without a face | tracks too many | label changes | still, ms | first frame, ms | frame, ms |`);
  console.log(`|---${'|---'.repeat(13)}|\n${rows.map(row).join('\n')}`);
  const faces = rows.reduce((sum, r) => sum + r.stillFaces, 0);
  const missed = rows.reduce((sum, r) => sum + r.missed, 0);
  const summary = (all: readonly number[]) => {
    const mean = all.reduce((sum, d) => sum + d, 0) / Math.max(1, all.length);
    return `mean ${(100 * mean).toFixed(1)}, worst ${(100 * Math.max(0, ...all)).toFixed(1)} points, ${all.filter((d) => d > 0.05).length} of ${all.length} above 5`;
  };
  console.log(`\n${missed} of ${faces} missed; live beside still: ${summary(rows.flatMap(({ differences }) => differences))}; as stills: ${summary(rows.flatMap(({ stillDifferences }) => stillDifferences))}`);
});
