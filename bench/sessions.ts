/**
 * `npm run sessions`: measures an hour of two faces at 30 frames per second: memory, statistics, drawing, export and
 * journalling. The observations are synthetic; everything else is the app's own code, in a headless browser.
 */
import { onBenchPage } from './bench-page';
import { collectedHeap } from '../e2e/support/heap';
import type { Turns } from './page/sessions';

const JOURNAL_MINUTES = 10;
const SPANS = [
  ['the whole hour', 3_600_000],
  ['10 minutes', 600_000],
  ['1 minute', 60_000],
  ['10 seconds', 10_000],
] as const;

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const turns = ({ totalMs, longestMs }: Turns) => `${totalMs.toFixed(0)} ms, longest turn ${longestMs.toFixed(0)} ms`;

await onBenchPage('sessions.html', async (page) => {
  const empty = await collectedHeap(page);
  const filled = await page.evaluate(() => window.sessions.fill());
  const full = await collectedHeap(page);
  console.log(`${filled.frames} frames, ${filled.rows} faces: heap +${mb(full - empty)} (columns ${mb(filled.columnBytes)}), ${filled.appendUs.toFixed(1)} µs a frame`);
  console.log(`summing up: ${turns(await page.evaluate(() => window.sessions.index()))}, heap +${mb((await collectedHeap(page)) - full)}`);

  console.log('| redraw of one person, 1200 × 192 px | p50 ms | p95 ms | at twice the pixels, p50 ms | p95 ms |\n|---|---|---|---|---|');
  for (const [name, spanMs] of SPANS) {
    const [once, twice] = [await page.evaluate((ms) => window.sessions.redraw(ms, 1), spanMs), await page.evaluate((ms) => window.sessions.redraw(ms, 2), spanMs)];
    console.log(`| ${[name, ...[once.p50Ms, once.p95Ms, twice.p50Ms, twice.p95Ms].map((ms) => ms.toFixed(1))].join(' | ')} |`);
  }
  for (const kind of ['json', 'csv'] as const) {
    const exported = await page.evaluate((k) => window.sessions.export(k), kind);
    console.log(`${kind}: ${mb(exported.bytes)} in ${turns(exported)}`);
  }
  const journal = await page.evaluate((minutes) => window.sessions.journal(minutes), JOURNAL_MINUTES);
  console.log(
    `journal of ${JOURNAL_MINUTES} minutes, ${mb(journal.bytes)}: a write every half second takes ${journal.appendP50Ms.toFixed(1)} ms (p95 ${journal.appendP95Ms.toFixed(1)}); reading it back ${turns(journal.load)}`,
  );
});
