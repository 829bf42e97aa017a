/**
 * `npm run photos -- DIR`: measures how many faces in real photographs Mien and its peers classify correctly.
 *
 * DIR contains one folder of photos per expression (`DIR/happy/*.jpg`). They are only read, never stored. A photo in
 * which no face is detected counts as wrong. Macro-F1 is over the expressions present in DIR.
 */
import { EXPRESSIONS } from '../src/engine/labels';
import { onBenchPage } from './bench-page';
import { labelledPhotos } from './labelled-photos';

const photos = labelledPhotos(process.argv[2]);
const present = EXPRESSIONS.filter((e) => photos.some((p) => p.label === e));

function f1(expression: string, said: readonly (string | null)[]): number {
  const hits = photos.filter((p, i) => p.label === expression && said[i] === expression).length;
  const labelled = photos.filter((p) => p.label === expression).length;
  const named = said.filter((s) => s === expression).length;
  return hits === 0 ? 0 : (2 * hits) / (labelled + named);
}

await onBenchPage('photos.html', async (page) => {
  const answers = await page.evaluate((p) => window.readPhotos(p), photos);
  console.log(`| system | right of ${photos.length} | macro-F1 | no face | ${present.join(' | ')} |`);
  console.log(`|---${'|---'.repeat(3 + present.length)}|`);
  for (const [system, said] of Object.entries(answers)) {
    const right = photos.filter((p, i) => said[i] === p.label).length;
    const macro = present.reduce((sum, e) => sum + f1(e, said), 0) / present.length;
    const recall = present.map((e) => {
      const own = photos.flatMap((p, i) => (p.label === e ? [said[i]] : []));
      return `${own.filter((s) => s === e).length}/${own.length}`;
    });
    const figures = [`${((100 * right) / photos.length).toFixed(1)} %`, (100 * macro).toFixed(1), said.filter((s) => s === null).length];
    console.log(`| ${[system, ...figures, ...recall].join(' | ')} |`);
  }
});
