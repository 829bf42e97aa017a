/**
 * `npm run scenes -- DIR`: measures the cost of the detector's crop compared to the perfect crop.
 *
 * DIR has the format of the training data (labels.csv and sheets of 48×48 faces). The faces of `valid` that
 * have a FER+ majority are pasted into 640×480 scenes, detected, cropped as in the app, and classified with both
 * heads; for comparison, also cropped exactly where they were pasted. `SCENES_EVERY=4` takes every fourth face.
 */
import { readFileSync } from 'node:fs';
import type { Expression } from '../src/engine/labels';
import { onBenchPage } from './bench-page';
import type { SceneScore, SheetFace } from './page/scenes';

const VOTES: Readonly<Record<string, Expression>> = {
  anger: 'angry', disgust: 'disgust', fear: 'fear', happiness: 'happy', sadness: 'sad', surprise: 'surprise', neutral: 'neutral',
};
const COLUMNS = ['neutral', 'happiness', 'surprise', 'sadness', 'anger', 'disgust', 'fear', 'contempt', 'unknown', 'NF'];
const SIZES = [48, 96, 160, 240];
/** Bounds of the yaw ranges, degrees. */
const TURNS = [0, 10, 20, 30, 45, 90];

const directory = process.argv[2];
if (directory === undefined) throw new Error('usage: npm run scenes -- DIR');
const every = Number(process.env.SCENES_EVERY ?? 1);

/** The faces of `valid` with more than half of the votes for one of the seven expressions. */
function labelledFaces(csv: string): SheetFace[] {
  const [header = '', ...lines] = csv.trim().split('\n').map((line) => line.trim());
  const names = header.split(',');
  return lines.flatMap((line) => {
    const cells = new Map(line.split(',').map((cell, i) => [names[i], cell]));
    if (cells.get('usage') !== 'valid') return [];
    const votes = COLUMNS.map((name) => Number(cells.get(name)));
    const most = Math.max(...votes);
    const label = VOTES[COLUMNS[votes.indexOf(most)] ?? ''];
    if (!label || most * 2 <= votes.reduce((sum, v) => sum + v, 0)) return [];
    return [{ sheet: cells.get('sheet') ?? '', row: Number(cells.get('row')), column: Number(cells.get('col')), label }];
  });
}

function row(s: SceneScore): string {
  const share = (n: number) => `${((100 * n) / Math.max(1, s.found)).toFixed(1)} %`;
  const found = `${s.found} of ${s.pasted} (${((100 * s.found) / s.pasted).toFixed(1)} %)`;
  const place = `${s.side.toFixed(2)}, ${s.right.toFixed(3)}, ${s.down.toFixed(3)}`;
  return `| ${s.facePx} | ${found} | ${share(s.rightPerfect)} | ${share(s.rightDetected)} | ${place} |`;
}

/** Accuracy by yaw range, over all sizes. */
function turnRows(scores: readonly SceneScore[]): string[] {
  const all = scores.flatMap(({ turns }) => turns);
  return TURNS.slice(1).map((to, i) => {
    const from = TURNS[i] ?? 0;
    const some = all.filter(({ yawDeg }) => yawDeg >= from && yawDeg < to);
    const right = some.filter((face) => face.right).length;
    return `| ${from}–${to}° | ${some.length} | ${((100 * right) / Math.max(1, some.length)).toFixed(1)} % |`;
  });
}

const faces = labelledFaces(readFileSync(`${directory}/labels.csv`, 'utf8')).filter((_, i) => i % every === 0);
const sheets = Object.fromEntries(
  [...new Set(faces.map((f) => f.sheet))].map((name) => [
    name,
    `data:image/png;base64,${readFileSync(`${directory}/${name}`).toString('base64')}`,
  ]),
);

await onBenchPage('scenes.html', async (page) => {
  const scores = await page.evaluate(([s, f, n]) => window.scoreScenes(s, f, n), [sheets, faces, SIZES] as const);
  console.log('| face, px | found | perfect crop | detected crop | its side, right, down (medians, in faces) |');
  console.log(`|---${'|---'.repeat(4)}|\n${scores.map(row).join('\n')}`);
  console.log(`\n| head turned by | found | right |\n|---|---|---|\n${turnRows(scores).join('\n')}`);
});
