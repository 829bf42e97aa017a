import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { allFiles, openPlace, READING_MS } from './support/app';
import { file } from './support/pictures';
import { expect, test } from './support/test';
import { twoTracks } from './support/two-tracks';
import { analyse, chooseRate, chooseVideos, ending, exported, openVideos } from './support/video';
import { clipBytes, clipFile, videoClips } from '../scripts/drawn-faces/video-clips';

test.beforeAll(async () => {
  // Drawing time depends on the load of the machine.
  test.setTimeout(0);
  await videoClips(['per-second.mp4', 'nobody.mp4']);
});

test('a clip without a face says so and can be analysed at a higher rate', async ({ readyPage: page }) => {
  await chooseVideos(page, clipFile('nobody.mp4'));
  await analyse(page, '1 frame a second');
  await expect(page.getByRole('heading', { name: 'No face found' })).toBeVisible();
  expect((await exported(page)).summary).toMatchObject({ total_frames: 2, faces_detected: 0 });
  await page.getByText('Analyse it differently').click();
  await chooseRate(page, '5 frames a second');
  await page.getByRole('button', { name: 'Analyse again' }).click();
  await expect(ending(page)).toHaveText('Analysed. All 10 frames were read.', { timeout: READING_MS });
});

test('only the chosen part is read, and the rate is remembered', async ({ page }) => {
  await openVideos(page, clipFile('per-second.mp4'));
  await page.getByRole('textbox', { name: 'From' }).fill('1');
  await page.getByRole('textbox', { name: 'To' }).fill('0:02.0');
  await analyse(page, '5 frames a second');
  const { results } = await exported(page);
  expect(results.map(({ timestamp }) => timestamp)).toEqual(['00:00:01.000', '00:00:01.200', '00:00:01.400', '00:00:01.600', '00:00:01.800']);
  await page.reload();
  await openPlace(page, 'Read');
  await chooseVideos(page, clipFile('nobody.mp4'));
  await expect(page.getByRole('button', { name: /Frames to read/ })).toContainText('5 frames a second');
});

test('an unreadable file is reported with its fault, and the next one works', async ({ readyPage: page }) => {
  await chooseVideos(page, file('text.mp4', 'video/mp4', Buffer.from('Dear diary')));
  await expect(page.getByRole('alert')).toContainText('This is not a video that can be opened here');
  await chooseVideos(page, clipFile('nobody.mp4'));
  await expect(page.getByRole('button', { name: 'Analyse', exact: true })).toBeVisible();
});

test('a film named as a photo and joined to another is read to its end; an archive is reported as one', async ({ readyPage: page }) => {
  const clip = clipBytes('per-second.mp4');
  await chooseVideos(page, [file('holiday.jpg', 'image/jpeg', Buffer.concat([clip, clipBytes('nobody.mp4')]))]);
  await analyse(page, '1 frame a second');
  await expect(ending(page)).toHaveText('Analysed. All 5 frames were read.');
  const { reading, results } = await exported(page);
  expect(reading.source).toMatchObject({ container: 'mp4', duration_s: 5, recordings: 2 });
  expect(results.map(({ faces }) => faces.length)).toEqual([1, 1, 1, 0, 0]);
  await chooseVideos(page, file('videos.mp4', 'video/mp4', Buffer.from('PK\x03\x04 and more')));
  await allFiles(page).last().click();
  await expect(page.getByRole('alert')).toContainText('This is an archive (ZIP)');
});

test('the second video track of a film is named, and can be read', async ({ readyPage: page }) => {
  await chooseVideos(page, file('screen-and-face.mkv', 'video/x-matroska', await twoTracks(clipBytes('nobody.mp4'), clipBytes('per-second.mp4'))));
  await analyse(page, '1 frame a second');
  await expect(ending(page)).toHaveText(/^Analysed\. All 2 frames were read\. Other picture tracks of the file are not read: H\.264, \d+ × \d+\.$/);
  const first = await exported(page);
  expect(first.reading.source).toMatchObject({ track: 1, not_read: [{ what: 'track', at_s: null }] });
  await page.getByText('Analyse it differently').click();
  await page.getByRole('button', { name: /Picture track/ }).click();
  await page.getByRole('option', { name: /^2: / }).click();
  await analyse(page, '1 frame a second');
  const second = await exported(page);
  expect(second.reading.source).toMatchObject({ track: 2, duration_s: 3 });
  expect(second.results.map(({ faces }) => faces.length)).toEqual([1, 1, 1]);
});

test('the videos of a folder keep it in their names, in natural order, and other files are skipped', async ({ readyPage: page }) => {
  const study = join(mkdtempSync(join(tmpdir(), 'mien-')), 'study');
  for (const person of ['P10', 'P2']) {
    mkdirSync(join(study, person), { recursive: true });
    writeFileSync(join(study, person, 'webcam.mp4'), clipBytes('nobody.mp4'));
    writeFileSync(join(study, person, 'notes.txt'), 'none');
  }
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await (await chooser).setFiles(study);
  await expect(page.getByText(/^Skipped, neither photos nor videos: .* and 1 other\.$/)).toBeVisible();
  await expect(allFiles(page)).toHaveText([/^study\/P2\/webcam\.mp4/, /^study\/P10\/webcam\.mp4/]);
  rmSync(dirname(study), { recursive: true });
});
