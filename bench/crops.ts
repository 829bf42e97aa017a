/**
 * `npm run crops -- DIR`: finds the crop of the detector's box that classifies real photographs best.
 *
 * DIR contains one folder of photos per expression (`DIR/happy/*.jpg`). They are only read, never stored.
 * Prints a table of correct answers by box scale and upward shift, for each head and for both.
 */
import { onBenchPage } from './bench-page';
import { labelledPhotos } from './labelled-photos';
import type { CropScore } from './page/crops';

const SIDES = [0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.45];
const SHIFTS = [-0.1, 0, 0.05, 0.1, 0.15, 0.2];

const photos = labelledPhotos(process.argv[2]);

function table(scores: CropScore[]): string {
  const rows = SIDES.map((side) => {
    const cells = SHIFTS.map((shift) => {
      const score = scores.find((s) => s.rule.sideFactor === side && s.rule.upwardShare === shift);
      return score ? ((100 * score.right) / score.photos).toFixed(1) : '';
    });
    return `| ${side} | ${cells.join(' | ')} |`;
  });
  return [`| side × | ${SHIFTS.map((s) => `up ${s}`).join(' | ')} |`, `|---${'|---'.repeat(SHIFTS.length)}|`, ...rows].join('\n');
}

await onBenchPage('crops.html', async (page) => {
  const rules = SIDES.flatMap((sideFactor) => SHIFTS.map((upwardShare) => ({ sideFactor, upwardShare })));
  const scores = await page.evaluate(([p, r]) => window.scoreCrops(p, r), [photos, rules] as const);
  for (const heads of new Set(scores.map((s) => s.heads))) {
    console.log(`\n${heads}: % right of ${photos.length} photos\n\n${table(scores.filter((s) => s.heads === heads))}`);
  }
  const best = scores.filter((s) => s.heads === 'both').sort((a, b) => b.right - a.right)[0];
  console.log('\nbest with both heads:', JSON.stringify(best, null, 1));
});
