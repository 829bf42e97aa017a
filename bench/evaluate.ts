/**
 * `npm run evaluate-bench -- DIR [MODEL…]`: measures the Lab's Evaluate in the built app on a data set of sheets (labels.csv and its sheets;
 * usage `valid`), by wall-clock time and by the page's CPU time, which is independent of the machine's load.
 * MODEL is `mien` (the default) or the id of a network of the zoo. The goal is 10,000 faces per minute on two cores.
 */
import { chromium, type Browser, type Page } from '@playwright/test';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { ensureBrowser, launchOptions } from '../scripts/find-browser';

const PATIENCE_MS = 600_000;
const GOAL = { faces: 10_000, seconds: 60, cores: 2 };

const [folder, ...models] = process.argv.slice(2);
if (!folder) throw new Error('usage: npm run evaluate-bench -- DIR [MODEL…]');

/** Copies the faces with usage `valid` into a folder of their own. */
function validFaces(from: string): string[] {
  const set = fileURLToPath(new URL('../.cache/evaluate-bench/', import.meta.url));
  mkdirSync(set, { recursive: true });
  const [header = '', ...rows] = readFileSync(join(from, 'labels.csv'), 'utf8').trim().split(/\r?\n/);
  const usage = header.split(',').indexOf('usage');
  const valid = rows.filter((row) => row.split(',')[usage] === 'valid');
  writeFileSync(join(set, 'labels.csv'), [header, ...valid].join('\n'));
  const sheets = [...new Set(valid.map((row) => row.split(',')[header.split(',').indexOf('sheet')] ?? ''))];
  for (const sheet of sheets) copyFileSync(join(from, sheet), join(set, sheet));
  return ['labels.csv', ...sheets].map((name) => join(set, name));
}

/** CPU time of the browser's renderers, s. */
async function rendererSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

async function judge(browser: Browser, page: Page, model: string): Promise<void> {
  const lab = page.getByRole('region', { name: 'Lab', exact: true });
  await lab.getByLabel('Model', { exact: true }).selectOption(model);
  const before = await rendererSeconds(browser);
  // After the first model, the results offer another button, "Judge on worse pictures".
  await lab.getByRole('region', { name: 'What to judge' }).getByRole('button', { name: /^Judge on / }).click();
  const words = lab.getByText(/faces of .*, judged in/);
  await words.waitFor({ timeout: PATIENCE_MS });
  const computed = (await rendererSeconds(browser)) - before;
  const said = (await words.textContent()) ?? '';
  const faces = Number(/^[\d,]+/.exec(said)?.[0].replaceAll(',', ''));
  const projected = (computed / faces) * (GOAL.faces / GOAL.cores);
  console.log(`${model}: ${said}`);
  console.log(`  ${computed.toFixed(1)} s of processor time, ${((1000 * computed) / faces).toFixed(2)} ms a face; ${GOAL.faces} faces on ${GOAL.cores} quiet cores ${projected.toFixed(0)} s (asked: ${GOAL.seconds})`);
}

const server = await preview({ build: { outDir: process.env.MIEN_DIST ?? 'dist' }, preview: { port: 4184, strictPort: false } });
const browser = await chromium.launch(launchOptions(ensureBrowser()));
try {
  const page = await browser.newPage();
  await page.goto(new URL('#/lab/data', server.resolvedUrls?.local[0]).href);
  const lab = page.getByRole('region', { name: 'Lab', exact: true });
  await lab.locator('input[type="file"]:not([webkitdirectory])').first().setInputFiles(validFaces(folder));
  await lab.getByRole('button', { name: /^Use .* labelled pictures/ }).click({ timeout: PATIENCE_MS });
  await lab.getByRole('button', { name: 'Judge a model on it' }).click({ timeout: PATIENCE_MS });
  for (const model of models.length > 0 ? models : ['mien']) await judge(browser, page, model);
} finally {
  await browser.close();
  await server.close();
}
