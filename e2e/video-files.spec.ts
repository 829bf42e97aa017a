import { expect, test } from '@playwright/test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openPlace, READING_MS } from './support/app';
import { file, type TestFile } from './support/pictures';
import { analyse, chooseRate, chooseVideos, ending, exported, openVideos, people } from './support/video';
import { clipBytes, clipFile, videoClips, type VideoClip } from './support/video-clips';

const FORMATS = ['per-second.mp4', 'per-second.webm', 'per-second.mkv', 'per-second.mov', 'per-second.avi'] as const;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  await videoClips([
    ...FORMATS,
    'crossing.mp4', 'leaving.mp4', 'rotated.mp4', 'variable.mp4', 'odd.webm', 'nobody.mp4', 'sound.webm',
  ]);
});

for (const clip of FORMATS) {
  test(`reads the expression of every second of ${clip}`, async ({ page }) => {
    await openVideos(page, clipFile(clip));
    await analyse(page, '2 frames a second');
    await expect(ending(page)).toHaveText('Analysed. Asked 6, read 6, left out 0.');
    const { results, summary, session } = await exported(page);
    expect(session).toMatchObject({ kind: 'video', width: 640, height: 480 });
    expect(summary).toMatchObject({ total_frames: 6, faces_detected: 6, skipped_frames: 0 });
    expect(results.map(({ timestamp }) => timestamp)).toEqual(['00:00:00.000', '00:00:00.500', '00:00:01.000', '00:00:01.500', '00:00:02.000', '00:00:02.500']);
    // The second frame of each second: by then the smoothing has followed.
    expect([1, 3, 5].map((i) => results[i]?.faces[0]?.emotion)).toEqual(['happy', 'surprise', 'neutral']);
  });
}

test('a clip that varies its frame rate gives each frame at its own time', async ({ page }) => {
  await openVideos(page, clipFile('variable.mp4'));
  await analyse(page, /^Every frame/);
  const { results } = await exported(page);
  expect(results.map(({ timestamp }) => timestamp)).toEqual([
    '00:00:00.000', '00:00:00.100', '00:00:00.300', '00:00:01.000', '00:00:01.100', '00:00:01.300', '00:00:02.000', '00:00:02.100', '00:00:02.300',
  ]);
});

test('a clip that was filmed upright on a telephone is turned before it is read', async ({ page }) => {
  await openVideos(page, clipFile('rotated.mp4'));
  await analyse(page, '2 frames a second');
  const { session, results } = await exported(page);
  expect(session).toMatchObject({ width: 480, height: 640 });
  expect(results).toHaveLength(4);
  for (const { faces } of results) {
    const [x = 0, y = 0, width = 0, height = 0] = faces[0]?.box ?? [];
    expect(Math.abs(x + width / 2 - 240)).toBeLessThan(30);
    expect(Math.abs(y + height / 2 - 288)).toBeLessThan(60);
  }
});

test('odd sizes are read as they are', async ({ page }) => {
  await openVideos(page, clipFile('odd.webm'));
  await analyse(page, '1 frame a second');
  expect((await exported(page)).session).toMatchObject({ width: 321, height: 241 });
  await expect(people(page)).toHaveCount(1);
});

test('two people who cross keep their numbers', async ({ page }) => {
  await openVideos(page, clipFile('crossing.mp4'));
  await analyse(page, '10 frames a second');
  await expect(people(page)).toHaveCount(2);
  const { results } = await exported(page);
  const centers = (i: number) => new Map(results[i]?.faces.map(({ track, box: [x = 0, , width = 0] }) => [track, x + width / 2]));
  const [first, last] = [centers(0), centers(results.length - 1)];
  expect([...first.keys()].sort()).toEqual([...last.keys()].sort());
  // Who came from the left is on the right.
  for (const [track, x] of first) expect((x - 320) * ((last.get(track) ?? x) - 320)).toBeLessThan(0);
});

test('somebody who goes for three seconds and comes back is somebody new; who stays is one person', async ({ page }) => {
  await openVideos(page, clipFile('leaving.mp4'));
  await analyse(page, '5 frames a second');
  await expect(people(page)).toHaveCount(3);
  await expect(people(page).filter({ hasText: '0:00–0:06' })).toHaveCount(1);
  await expect(people(page).filter({ hasText: '0:05–0:06' })).toHaveCount(1);
});

test('a clip without a face says so and can be analysed more closely', async ({ page }) => {
  await openVideos(page, clipFile('nobody.mp4'));
  await analyse(page, '1 frame a second');
  await expect(page.getByRole('heading', { name: 'No face found' })).toBeVisible();
  expect((await exported(page)).summary).toMatchObject({ total_frames: 2, faces_detected: 0 });
  await page.getByText('Analyse it differently').click();
  await chooseRate(page, '5 frames a second');
  await page.getByRole('button', { name: 'Analyse again' }).click();
  await expect(ending(page)).toHaveText('Analysed. Asked 10, read 10, left out 0.', { timeout: READING_MS });
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
  await expect(page.getByRole('button', { name: /How closely/ })).toContainText('5 frames a second');
});

/** What cannot be opened, and what is said of it. */
const UNREADABLE: readonly (readonly [name: string, make: () => TestFile, title: string])[] = [
  ['no bytes', () => file('empty.mp4', 'video/mp4', Buffer.alloc(0)), 'This file is empty'],
  ['text with a video’s name', () => file('text.mp4', 'video/mp4', Buffer.from('Dear diary')), 'This is not a video that can be opened here'],
  ['sound alone', () => file('sound.webm', 'video/webm', clipBytes('sound.webm')), 'This file has sound but no picture'],
  ['an MP4 whose end is missing', () => truncated('per-second.mp4', 'video/mp4'), 'This recording was never finished'],
  ['an AVI that ends in its header', () => file('head.avi', 'video/x-msvideo', clipBytes('per-second.avi').subarray(0, 120)), 'This video is damaged'],
  ['an AVI in a codec of old', () => file('old.avi', 'video/x-msvideo', withCodec('XVID')), 'This browser cannot decode MPEG-4 Part 2 (Xvid, DivX)'],
];

function truncated(clip: VideoClip, type: string): TestFile {
  const bytes = clipBytes(clip);
  return file(clip, type, bytes.subarray(0, Math.floor(bytes.length / 2)));
}

function withCodec(fourcc: string): Buffer {
  return Buffer.from(clipBytes('per-second.avi').toString('latin1').replaceAll('MJPG', fourcc), 'latin1');
}

for (const [name, make, title] of UNREADABLE) {
  test(`says what is wrong with ${name}`, async ({ page }) => {
    await openVideos(page, make());
    await expect(page.getByRole('alert')).toContainText(title);
    // The next one works.
    await chooseVideos(page, clipFile('nobody.mp4'));
    await expect(page.getByRole('button', { name: 'Analyse', exact: true })).toBeVisible();
  });
}

test('a WebM named .mp4 is read as what it is', async ({ page }) => {
  await openVideos(page, file('wrong.mp4', 'video/mp4', clipBytes('per-second.webm')));
  await analyse(page, '1 frame a second');
  await expect(ending(page)).toHaveText('Analysed. Asked 3, read 3, left out 0.');
});

test('what is left of an AVI that breaks off is read, and it says where that is', async ({ page }) => {
  await openVideos(page, truncated('per-second.avi', 'video/x-msvideo'));
  await analyse(page, '10 frames a second');
  await expect(ending(page)).toContainText(/^Analysed\. Asked 1\d, read 1\d, left out \d.*\. The file breaks off at 0:01\./);
});

test('frames that cannot be decoded are skipped and counted, and reading goes on after them', async ({ page }) => {
  const bytes = Buffer.from(clipBytes('per-second.avi'));
  // The pictures of the middle second lose their heads.
  let at = bytes.indexOf('movi');
  for (let frame = 0; frame < 20; frame += 1) {
    at = bytes.indexOf('00dc', at + 4);
    if (frame >= 10) bytes.fill(0, at + 8, at + 40);
  }
  await openVideos(page, file('damaged.avi', 'video/x-msvideo', bytes));
  await analyse(page, '10 frames a second');
  await expect(ending(page)).toContainText('Analysed. Asked 30, read 20, left out 10');
  expect((await exported(page)).summary).toMatchObject({ total_frames: 20, skipped_frames: 10 });
});

test('the videos of a folder keep it in their names, come in natural order, and other files are passed over', async ({ page }) => {
  const study = join(mkdtempSync(join(tmpdir(), 'mien-')), 'study');
  for (const person of ['P10', 'P2']) {
    mkdirSync(join(study, person), { recursive: true });
    writeFileSync(join(study, person, 'webcam.mp4'), clipBytes('nobody.mp4'));
    writeFileSync(join(study, person, 'notes.txt'), 'none');
  }
  await page.goto('./');
  await openPlace(page, 'Read');
  await page.getByRole('button', { name: 'Choose photos or videos' }).waitFor();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await (await chooser).setFiles(study);
  await expect(page.getByText(/^Passed over, neither photos nor videos: .* and 1 other\.$/)).toBeVisible();
  await expect(page.getByRole('option')).toHaveText([/^study\/P2\/webcam\.mp4/, /^study\/P10\/webcam\.mp4/]);
  rmSync(dirname(study), { recursive: true });
});
