import { unzipSync } from 'fflate';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionRecord } from '../src/export/session-record';
import { expectAccessibleInBothSchemes } from './support/accessible';
import { openPlace, READING_MS } from './support/app';
import { file } from './support/pictures';
import { expect, test, type Locator, type Page } from './support/test';
import { analyse, chooseRate, chooseVideos, downloadResult, ending, exported, openVideos, people } from './support/video';
import { clipBytes, clipFile, videoClips } from '../scripts/drawn-faces/video-clips';

test.beforeAll(async () => {
  // Drawing time depends on the load of the machine.
  test.setTimeout(0);
  await videoClips(['per-second.mp4', 'per-second.avi', 'odd.webm', 'nobody.mp4', 'long.webm', 'crossing.mp4']);
});

test('one bad file never stops the others', async ({ readyPage: page }) => {
  await chooseVideos(page, [
    file('a.mp4', 'video/mp4', clipBytes('nobody.mp4')),
    file('b.mp4', 'video/mp4', Buffer.from('not a video')),
    file('c.webm', 'video/webm', clipBytes('odd.webm')),
  ]);
  const grid = page.getByRole('listbox', { name: 'All videos' });
  await expect(grid.getByRole('option', { name: /b\.mp4.*This is not a video/ })).toBeVisible();
  await page.getByRole('button', { name: 'Analyse all 2' }).click();
  await expect(grid.getByRole('option', { name: /a\.mp4.*Analysed/ })).toBeVisible({ timeout: READING_MS });
  await expect(grid.getByRole('option', { name: /c\.webm.*Analysed/ })).toBeVisible({ timeout: READING_MS });
});

test('stopping keeps the results, pausing holds the analysis, and it continues in the background', async ({ readyPage: page }) => {
  await chooseVideos(page, clipFile('long.webm'));
  await page.getByRole('button', { name: 'Analyse', exact: true }).waitFor();
  await chooseRate(page, '10 frames a second');
  await page.getByRole('button', { name: 'Analyse', exact: true }).click();
  const progress = page.getByTestId('analysis-progress');
  const read = () => framesRead(progress);
  await expect.poll(read, { timeout: READING_MS }).toBeGreaterThan(5);
  await page.getByRole('button', { name: 'Pause', exact: true }).first().click();
  await expect(progress).toContainText('paused');
  // Frames that the engine already had may still arrive.
  let held = 0;
  await expect(async () => {
    held = await read();
    await page.waitForTimeout(1500);
    expect(await read()).toBe(held);
  }).toPass({ timeout: READING_MS });

  await page.getByRole('button', { name: 'Go on' }).click();
  await openPlace(page, 'Read');
  await page.waitForTimeout(1500);
  await openPlace(page, 'Read');
  await expect.poll(read).toBeGreaterThan(held + 5);

  await page.getByRole('button', { name: 'Stop and keep what has been read' }).click();
  await expect(ending(page)).toContainText(/^Stopped at 0:\d\d of 1:00\. \d+ of \d+ frames read, \d+ left out \(not reached\)\./);
  const { summary } = await exported(page);
  expect(summary.total_frames).toBeGreaterThan(held);
  expect(summary.total_frames).toBeLessThan(600);
  // Before the next one, the pace of this device is known.
  await page.getByText('Analyse it differently').click();
  await expect(page.getByRole('button', { name: /Search for faces/ })).toContainText(/Thorough, as in photos: about \d+ (s|min)/);
});

test('a worker that dies costs a few frames, and the analysis goes on', async ({ page }) => {
  await page.addInitScript(() => {
    const RealWorker = window.Worker;
    const workers: Worker[] = [];
    Object.assign(window, { workers });
    window.Worker = class extends RealWorker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers.push(this);
      }
    };
  });
  await openVideos(page, clipFile('long.webm'));
  await page.getByRole('button', { name: 'Analyse', exact: true }).waitFor();
  await chooseRate(page, '10 frames a second');
  await page.getByRole('button', { name: 'Analyse', exact: true }).click();
  const progress = page.getByTestId('analysis-progress');
  await expect.poll(() => framesRead(progress), { timeout: READING_MS }).toBeGreaterThan(9);
  await page.evaluate(() => {
    for (const worker of (window as unknown as { workers: Worker[] }).workers) worker.terminate();
  });
  await expect(progress).toContainText(/[1-9] skipped/, { timeout: READING_MS });
  const before = await framesRead(progress);
  await expect.poll(() => framesRead(progress), { timeout: READING_MS }).toBeGreaterThan(before + 9);
  // The new worker's tracks have new numbers.
  await expect(people(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Stop and keep what has been read' }).click();
  await expect(ending(page)).toContainText(/^Stopped at 0:\d\d of 1:00\. \d+ of \d+ frames read, \d+ left out \(\d+ the engine failed, \d+ not reached\)\./);
});

test('the player, the overlay, the timeline and the filmstrip are in step', async ({ readyPage: page }) => {
  await chooseVideos(page, clipFile('per-second.mp4'));
  await analyse(page, '5 frames a second');
  const time = page.getByTestId('video-time');
  // Still at the start, where nothing has moved the clip since the face there was read.
  expect(await paintedPixels(page)).toBeGreaterThan(300);
  await page.getByRole('button', { name: /^Go to 0:01\.\d: Person A, surprise/ }).click();
  await expect(time).toContainText(/^0:01\.\d/);
  expect(await paintedPixels(page)).toBeGreaterThan(300);

  const timeline = page.getByRole('slider', { name: 'Timeline' });
  await timeline.focus();
  await page.keyboard.press('Home');
  await expect(timeline).toHaveAttribute('aria-valuetext', /^0:00\.0 of 0:03\.0/);
  await page.keyboard.press('ArrowRight');
  await expect(timeline).toHaveAttribute('aria-valuetext', /^0:00\.2 of 0:03\.0/);
  const box = await timeline.boundingBox();
  if (!box) throw new Error('no timeline');
  // The middle of the curves, which have axes on their left and names on their right.
  await page.mouse.click(box.x + 42 + (box.width - 108) / 2, box.y + box.height / 2);
  await expect(timeline).toHaveAttribute('aria-valuetext', /^0:01\.[45] of/);
  await page.keyboard.press('+');
  await expect(page.getByRole('button', { name: 'Show all' })).toBeEnabled();
  await page.keyboard.press('0');
  await expect(page.getByRole('button', { name: 'Show all' })).toBeDisabled();

  const before = await curvePixels(page);
  await page.getByRole('button', { name: 'Happy', exact: true }).click();
  await expect.poll(() => curvePixels(page)).toBeLessThan(before);

  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(async () => Number((await timeline.getAttribute('aria-valuenow')) ?? 0)).toBeGreaterThan(2000);
});

test('a file that only the decoder can open is shown frame by frame', async ({ readyPage: page }) => {
  await chooseVideos(page, clipFile('per-second.avi'));
  await expect(page.getByText('shown frame by frame, without sound')).toBeVisible();
  await analyse(page, '5 frames a second');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByTestId('video-time')).toContainText(/^0:02/, { timeout: 10_000 });
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.getByRole('slider', { name: 'Timeline' }).focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('video-time')).toContainText('0:00.0');
  expect(await paintedPixels(page)).toBeGreaterThan(300);
});

test('results are exported as CSV and as a video with boxes, which can be cancelled', async ({ readyPage: page }) => {
  await chooseVideos(page, clipFile('per-second.mp4'));
  await analyse(page, '2 frames a second');
  const csv = (await downloadResult(page, 'Download CSV')).bytes.toString('utf8').split('\r\n');
  expect(csv).toHaveLength(8);
  const video = await downloadResult(page, 'Download video with boxes, MP4');
  expect(video.name).toBe('per-second-mien.mp4');
  // A second analysis finds the same person, now in a drawn box.
  await page.getByRole('button', { name: 'Start over' }).click();
  await chooseVideos(page, file(video.name, 'video/mp4', video.bytes));
  await expect(page.getByText(/0:03 · 640 × 480 · H\.264/)).toBeVisible();
  await analyse(page, '1 frame a second');
  await expect(people(page)).toHaveCount(1);

  await page.getByRole('button', { name: 'Download video with boxes, WEBM' }).click();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Download video with boxes, WEBM' })).toBeEnabled();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a folder of clips is exported as one table and as a ZIP, named by the folders', async ({ readyPage: page }, info) => {
  const root = info.outputPath('study');
  for (const person of ['P02', 'P10', 'P01']) {
    mkdirSync(join(root, person), { recursive: true });
    writeFileSync(join(root, person, 'webcam.webm'), clipBytes('odd.webm'));
  }
  writeFileSync(join(root, 'notes.txt'), 'no video');
  await page.locator('input[webkitdirectory]').last().setInputFiles(root);
  await expect(page.getByText('Skipped, neither photo nor video: study/notes.txt.')).toBeVisible();
  const names = ['P01', 'P02', 'P10'].map((person) => `study/${person}/webcam.webm`);
  const options = page.getByRole('listbox', { name: 'All videos' }).getByRole('option');
  await expect(options).toHaveText(names.map((name) => new RegExp(`${name}.*Ready`)), { timeout: READING_MS });
  await page.getByRole('button', { name: 'Analyse all 3' }).click();
  await expect(options).toHaveText(names.map((name) => new RegExp(`${name}.*Analysed`)), { timeout: READING_MS });

  const table = await downloadResult(page, 'Download all clips as one CSV');
  expect(table.name).toMatch(/^mien-clips-\d{4}(-\d\d){5}\.csv$/);
  const rows = table.bytes.toString('utf8').trimEnd().split('\r\n').slice(1);
  expect(new Set(rows.map((row) => row.split(',')[0]))).toEqual(new Set(names));
  const zip = await downloadResult(page, 'Download all clips as ZIP');
  const stems = ['P01', 'P02', 'P10'].map((person) => `study_${person}_webcam`);
  expect(Object.keys(unzipSync(zip.bytes))).toEqual(['all-clips.csv', ...stems.flatMap((stem) => [`${stem}.json`, `${stem}.csv`]), 'data-dictionary.md']);
  const { reading } = JSON.parse(new TextDecoder().decode(unzipSync(zip.bytes)['study_P02_webcam.json'])) as SessionRecord;
  expect(reading).toMatchObject({ source: { name: names[1], container: 'webm', codec: expect.any(String) as unknown }, frames_left_out: [], complete: true, search: 'thorough' });
  await page.getByRole('checkbox', { name: 'CSV for Excel' }).check();
  expect((await downloadResult(page, 'Download all clips as one CSV')).bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
});

test('a removed clip returns with its result', async ({ readyPage: page }) => {
  await chooseVideos(page, clipFile('odd.webm'));
  await analyse(page, '1 frame a second');
  await page.getByRole('button', { name: 'Remove odd.webm' }).click();
  await expect(page.getByRole('button', { name: 'Choose photos or videos' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(ending(page)).toHaveText('Analysed. All 2 frames were read.');
});

test('every state of the tab is accessible, in both schemes', async ({ page }) => {
  await page.goto('./');
  await openPlace(page, 'Read');
  await page.getByRole('button', { name: 'Choose photos or videos' }).waitFor();
  await expectAccessibleInBothSchemes(page);
  await page.getByRole('button', { name: 'Try a sample: two people' }).click();
  await page.getByRole('button', { name: 'Analyse', exact: true }).waitFor();
  await expectAccessibleInBothSchemes(page);
  // A third as long, with two people too.
  await page.getByRole('button', { name: 'Start over' }).click();
  await chooseVideos(page, clipFile('crossing.mp4'));
  await analyse(page, '1 frame a second');
  await expect(people(page)).toHaveCount(2);
  await expect(page.getByRole('heading', { name: 'Key moments' })).toBeVisible();
  await expectAccessibleInBothSchemes(page);
  // The report fits one page, with one picture or none.
  for (const pictures of [1, 0]) {
    await page.getByRole('checkbox', { name: 'Pictures in reports' }).setChecked(pictures > 0);
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('video, img').filter({ visible: true })).toHaveCount(pictures);
    const paper = await page.pdf({ format: 'Letter' });
    expect(paper.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'screen' });
  }
});

/** As the progress of an analysis reports. */
async function framesRead(progress: Locator): Promise<number> {
  return Number(/(\d+) frames? read/.exec((await progress.textContent()) ?? '')?.[1] ?? 0);
}

/** Number of painted pixels of the overlay. */
function paintedPixels(page: Page): Promise<number> {
  return page.getByTestId('video-overlay').evaluate(countPainted);
}

function curvePixels(page: Page): Promise<number> {
  return page.getByTestId('expression-timeline').evaluate(countPainted);
}

function countPainted(canvas: Element): number {
  if (!(canvas instanceof HTMLCanvasElement)) return 0;
  const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  let painted = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) painted++;
  return painted;
}
