/**
 * `npm run models -- MODEL DIR [USAGE]`: measures the accuracy of a third-party model through the API, on cropped faces.
 *
 * MODEL is a single file that `createRecognizer({ model })` accepts, e.g. an `.hdf5`. DIR contains `labels.csv` and its sheets of 48×48 faces, in the
 * format of training/; USAGE is a value of its column `usage` (default: valid). Input scaling and label order are
 * inferred, as for users who provide only the file.
 */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EXPRESSIONS, type Expression } from '../src/engine/labels';
import { wilson } from '../src/lab/metrics/accuracy';
import { onBenchPage } from './bench-page';
import type { SheetFace } from './page/models';

const [model, folder, usage = 'valid'] = process.argv.slice(2);
if (!model || !folder) throw new Error('usage: npm run models -- MODEL DIR [USAGE]');

const [header = [], ...rows] = readFileSync(join(folder, 'labels.csv'), 'utf8').trim().split(/\r?\n/).map((line) => line.split(','));
const column = (row: readonly string[], name: string) => row[header.indexOf(name)] ?? '';
const chosen = rows.filter((row) => column(row, 'usage') === usage);
const labels = chosen.map((row) => column(row, 'fer2013') as Expression);
const faces: SheetFace[] = chosen.map((row) => ({ sheet: column(row, 'sheet'), row: Number(column(row, 'row')), col: Number(column(row, 'col')) }));
const base64 = (path: string) => readFileSync(path).toString('base64');

await onBenchPage('models.html', async (page) => {
  const sheets = Object.fromEntries([...new Set(faces.map(({ sheet }) => sheet))].map((sheet) => [sheet, base64(join(folder, sheet))]));
  const started = performance.now();
  const { answers, input } = await page.evaluate(([m, s, f]) => window.readCrops(m, s, f), [{ name: basename(model), base64: base64(model) }, sheets, faces] as const);
  const right = answers.filter((answer, i) => answer === labels[i]).length;
  const { low, high } = wilson(right, answers.length);
  const percent = (share: number) => (100 * share).toFixed(1);
  console.log(`${basename(model)}: ${percent(right / answers.length)} % (${percent(low)}–${percent(high)}) of ${answers.length} faces of '${usage}' in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  console.log(`read as ${JSON.stringify(input)}`);
  for (const expression of EXPRESSIONS) {
    const own = answers.filter((_, i) => labels[i] === expression);
    console.log(`  ${expression}: ${own.filter((answer) => answer === expression).length} of ${own.length}`);
  }
});
