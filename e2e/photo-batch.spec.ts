import { unzipSync } from 'fflate';
import { readFile } from 'node:fs/promises';
import { drawScene, fiveFaces, oneFace } from '../scripts/drawn-faces/scenes';
import type { PhotoRecord } from '../src/export/photo-record';
import { expectAccessible } from './support/accessible';
import { allFiles, choosePictures, expectFaces, openReady, pictureOf, READING_MS } from './support/app';
import { differentPixels } from './support/canvas';
import { download, downloadJson } from './support/downloads';
import { engineWorker } from './support/engine-worker';
import { file, type TestFile } from './support/pictures';
import { expect, test, type Page } from './support/test';

/** Objects that the page created and did not release. */
interface Held {
  readonly urls: Set<string>;
  readonly bitmaps: ImageBitmap[];
  urlsMade: number;
}

declare global {
  interface Window {
    held: Held;
  }
}

async function watchMemory(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const held: Held = { urls: new Set(), bitmaps: [], urlsMade: 0 };
    window.held = held;
    const create = URL.createObjectURL.bind(URL);
    const revoke = URL.revokeObjectURL.bind(URL);
    URL.createObjectURL = (object) => {
      const url = create(object);
      held.urls.add(url);
      held.urlsMade++;
      return url;
    };
    URL.revokeObjectURL = (url) => {
      held.urls.delete(url);
      revoke(url);
    };
    const make = window.createImageBitmap.bind(window) as (...args: unknown[]) => Promise<ImageBitmap>;
    window.createImageBitmap = async (...args: unknown[]) => {
      const bitmap = await make(...args);
      held.bitmaps.push(bitmap);
      return bitmap;
    };
  });
}

/** Object URLs, and bitmaps neither closed nor transferred to the worker: those have width 0. */
function heldBy(page: Page): Promise<{ urls: number; bitmaps: number; urlsMade: number; bitmapsMade: number }> {
  return page.evaluate(() => ({
    urls: window.held.urls.size,
    bitmaps: window.held.bitmaps.filter(({ width }) => width > 0).length,
    urlsMade: window.held.urlsMade,
    bitmapsMade: window.held.bitmaps.length,
  }));
}

const SMALL = drawScene({ width: 200, height: 200 }, [{ x: 100, y: 85, height: 110, expression: 'happy', seed: 1 }]);

function copies(of: TestFile, count: number, stem = 'picture'): TestFile[] {
  return Array.from({ length: count }, (_, index) => ({ ...of, name: `${stem}-${index + 1}.jpg` }));
}

test('many pictures: one thumbnail each, no picture stays open, and all is released in the end', async ({ page }) => {
  await watchMemory(page);
  await openReady(page);
  const before = await heldBy(page);
  expect(before.bitmaps).toBe(0);
  const small = await pictureOf(page, SMALL, 'small.jpg', 'image/jpeg');
  const worker = await engineWorker(page);
  await worker.evaluate(() => {
    const closed = { count: 0 };
    Object.assign(self, { closed });
    const { prototype } = ImageBitmap;
    // oxlint-disable-next-line typescript/unbound-method -- Called on its bitmap below.
    const { close } = prototype;
    prototype.close = function (this: ImageBitmap) {
      closed.count++;
      close.call(this);
    };
  });

  await choosePictures(page, [...copies(small, 11), file('notes.jpg', 'image/jpeg', Buffer.from('text'))]);
  await expect(page.getByText('11 of 12 read, 1 could not be read')).toBeVisible({ timeout: READING_MS });
  await expectFaces(page, 1);
  await expect.poll(async () => (await heldBy(page)).bitmaps).toBe(0);
  // The thumbnails, the displayed picture, and its face.
  await expect.poll(async () => (await heldBy(page)).urls - before.urls).toBe(11 + 2);
  const made = await heldBy(page);
  expect(made.bitmapsMade).toBeGreaterThanOrEqual(11);
  expect(await worker.evaluate(() => (self as unknown as { closed: { count: number } }).closed.count)).toBeGreaterThanOrEqual(11);

  // Browsing them holds no more.
  for (const number of [3, 6, 9]) {
    await page.getByRole('option', { name: new RegExp(`^picture-${number}\\.jpg`) }).click();
    await expect(page.getByRole('article', { name: `picture-${number}.jpg` })).toBeVisible();
    await expectFaces(page, 1);
  }
  await expect.poll(async () => (await heldBy(page)).urls - before.urls).toBe(11 + 2);

  await page.getByRole('button', { name: 'Remove all' }).click();
  // An undo would restore the thumbnails; nothing else is kept.
  await expect.poll(async () => (await heldBy(page)).urls - before.urls).toBe(11);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect.poll(async () => (await heldBy(page)).urls - before.urls).toBe(0);
  expect((await heldBy(page)).bitmaps).toBe(0);
});

/** Eight pictures of one happy face, large enough to take a while to read. */
async function chooseEight(page: Page): Promise<TestFile[]> {
  const scene = drawScene({ width: 1600, height: 1200 }, [{ x: 800, y: 560, height: 300, expression: 'happy', seed: 1 }]);
  const files = copies(await pictureOf(page, scene, 'wide.jpg', 'image/jpeg'), 8, 'wide');
  await choosePictures(page, files);
  return files;
}

test('changing the backend while reading: every picture is read, none is lost', async ({ page }) => {
  await openReady(page);
  const files = await chooseEight(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog');
  await expect(page.getByText(/^[1-5] of 8 read$/)).toBeAttached({ timeout: READING_MS });
  const choice = dialog.getByRole('radio', { name: /^JavaScript/ });
  await choice.evaluate((radio) => (radio as HTMLElement).click());
  // Some are still unread when the engine stops.
  await expect(page.getByText(/^[1-7] of 8 read$/)).toBeAttached();
  await expect(choice).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByText('8 of 8 read')).toBeVisible({ timeout: 120_000 });
  await expect(allFiles(page).filter({ hasText: /Happy/ })).toHaveCount(8);
  const photos = (await downloadJson(page)) as { readonly file: string; readonly faces: readonly unknown[] }[];
  expect(photos.map((photo) => photo.file)).toEqual(files.map(({ name }) => name));
  for (const photo of photos) expect(photo.faces).toHaveLength(1);
});

test('a batch cancelled half-way reports the number of unread pictures, and resumes with just these', async ({ readyPage: page }) => {
  const files = await chooseEight(page);
  const toolbar = page.getByRole('region', { name: 'Photos', exact: true });
  await expect(toolbar.getByText(/^[1-4] of 8 read$/)).toBeVisible({ timeout: READING_MS });
  await toolbar.getByRole('button', { name: 'Cancel' }).click();
  const words = toolbar.getByText(/^\d+ of 8 read, \d+ cancelled$/);
  await expect(words).toBeVisible();
  const [read = 0, , cancelled = 0] = ((await words.textContent()) ?? '').match(/\d+/g)?.map(Number) ?? [];
  expect(read).toBeGreaterThan(0);
  expect(cancelled).toBeGreaterThan(0);
  expect(read + cancelled).toBe(8);
  await expect(toolbar.getByRole('progressbar')).toBeHidden();
  await expect(toolbar.getByRole('button', { name: 'Cancel' })).toBeHidden();
  await expect(allFiles(page).filter({ hasText: /Not read/ })).toHaveCount(cancelled);
  // Unread pictures are not gaps in the download.
  const partial = (await downloadJson(page)) as { readonly file: string; readonly error?: string; readonly faces: readonly unknown[] }[];
  expect(partial.map((photo) => photo.file)).toEqual(files.map(({ name }) => name));
  expect(partial.filter((photo) => photo.error === 'Not read' && photo.faces.length === 0)).toHaveLength(cancelled);
  expect(partial.filter((photo) => photo.faces.length === 1)).toHaveLength(read);
  const csv = (await download(page, 'CSV')).bytes.toString('utf8');
  expect(csv.match(/,Not read,/g)).toHaveLength(cancelled);

  await toolbar.getByRole('button', { name: 'Go on' }).click();
  // Pictures already read count from the start.
  const progress = toolbar.getByText(/^\d+ of 8 read$/);
  expect(Number.parseInt((await progress.textContent()) ?? '', 10)).toBeGreaterThanOrEqual(read);
  await expect(toolbar.getByText('8 of 8 read')).toBeVisible({ timeout: 120_000 });
  await expect(allFiles(page).filter({ hasText: /Happy/ })).toHaveCount(8);
  await expect(toolbar.getByRole('button', { name: 'Go on' })).toBeHidden();
  const photos = (await downloadJson(page)) as { readonly file: string }[];
  expect(photos.map((photo) => photo.file)).toEqual(files.map(({ name }) => name));
});

test('another picture chosen for a failed one takes its place', async ({ readyPage: page }) => {
  const small = await pictureOf(page, SMALL, 'small.jpg', 'image/jpeg');
  const bad = file('notes.jpg', 'image/jpeg', Buffer.from('text'));
  await choosePictures(page, [bad, { ...small, name: 'last.jpg' }]);
  await expect(allFiles(page)).toHaveText([/This is not a picture/, /Happy/], { timeout: READING_MS });
  const heightOfFailed = (await allFiles(page).first().boundingBox())?.height;
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose another picture' }).click();
  await (await chooser).setFiles({ ...small, name: 'better.jpg' });
  await expect(page.getByText('2 of 2 read')).toBeVisible({ timeout: READING_MS });
  await expect(allFiles(page)).toHaveText([/better\.jpg/, /last\.jpg/]);
  // The reason's second line made its row no higher than others.
  expect((await allFiles(page).first().boundingBox())?.height).toBe(heightOfFailed);
  await expect(page.getByRole('article', { name: 'better.jpg' })).toBeVisible();
  await expectFaces(page, 1);
});

test('a button that becomes enabled is painted so in forced colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await openReady(page);
  await choosePictures(page, await pictureOf(page, SMALL, 'small.jpg', 'image/jpeg'));
  const json = page.getByRole('button', { name: 'Download JSON' });
  await expect(json).toBeDisabled();
  await expectFaces(page, 1);
  await expect(json).toBeEnabled();
  const painted = await json.screenshot();
  // Painted from scratch.
  await json.evaluate((button) => {
    button.style.display = 'none';
    button.getBoundingClientRect();
    button.style.display = '';
  });
  expect(await differentPixels(page, painted, await json.screenshot())).toBe(0);
});

test.describe('a picture of 12 megapixels', () => {
  const LARGE = drawScene({ width: 4000, height: 3000 }, [{ x: 2000, y: 1400, height: 700, expression: 'happy', seed: 1 }]);

  test('reports that it is being read, can be stopped and resumed', async ({ page }) => {
    // A slow network extends the reading as long as the test needs.
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    await page.context().route('**/face_detection_full_range_sparse.tflite', async (route) => {
      await arrived;
      await route.continue();
    });
    await openReady(page);
    const large = await pictureOf(page, LARGE, 'large.jpg', 'image/jpeg');
    await choosePictures(page, large);
    await expect(page.getByText('Looking for faces…')).toBeVisible();
    await expect(page.getByRole('progressbar', { name: 'Reading' })).toBeVisible();
    await page.getByRole('article').getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Cancelled before it was read')).toBeVisible();
    arrive();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expectFaces(page, 1);
    await expect(page.getByRole('progressbar', { name: 'Reading' })).toBeHidden();
  });
});

test('several photos are selected, compared, saved annotated, removed by a key and restored; a detection can be marked as not a face', async ({ page }) => {
  await openReady(page);
  const pictures = [await pictureOf(page, oneFace('happy'), 'a.png'), await pictureOf(page, oneFace('surprise', 2), 'b.png'), await pictureOf(page, fiveFaces(), 'five.png')];
  await choosePictures(page, pictures);
  await expect(page.getByText('3 of 3 read')).toBeVisible({ timeout: READING_MS });
  await allFiles(page).nth(0).click();
  await allFiles(page).nth(1).click({ modifiers: ['Shift'] });
  // The selection is visible in forced colours.
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(allFiles(page).nth(1)).toHaveCSS('outline-style', 'solid');
  await expect(allFiles(page).nth(2)).toHaveCSS('outline-style', 'none');
  // Canvas colour, where unselected ones have no frame.
  const canvas = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await expect(allFiles(page).nth(2)).toHaveCSS('border-top-color', canvas);
  await expect(allFiles(page).nth(1)).not.toHaveCSS('border-top-color', canvas);
  await page.emulateMedia({ forcedColors: 'none' });
  await page.getByRole('button', { name: 'Compare side by side' }).click();
  await expect(page.getByRole('article')).toHaveCount(2);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Copy the table of 2 photos' }).click();
  await expect(page.getByText('The table was copied.')).toBeVisible();
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const of = async (type: string) => (item ? (await item.getType(type)).text() : '');
    const table = new DOMParser().parseFromString(await of('text/html'), 'text/html').querySelector('table');
    return { text: await of('text/plain'), cells: [...(table?.rows ?? [])].map(({ cells }) => cells[0]?.textContent) };
  });
  expect(copied.text.split('\n').map((row) => row.split('\t')[0])).toEqual(['file', 'a.png', 'b.png']);
  expect(copied.cells).toEqual(['file', 'a.png', 'b.png']);
  // In print, with and without pictures.
  await page.emulateMedia({ media: 'print' });
  const printed = page.getByRole('article').first();
  await expect(printed.getByRole('img', { name: 'Photo: a.png' })).toBeVisible();
  await page.emulateMedia({ media: null });
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Pictures in reports' }).click();
  await page.keyboard.press('Escape');
  await page.emulateMedia({ media: 'print' });
  await expect(printed.getByText('Happy', { exact: true }).first()).toBeVisible();
  await expect(printed.locator('img').filter({ visible: true })).toHaveCount(0);
  await page.emulateMedia({ media: null });
  const saving = page.waitForEvent('download', { timeout: READING_MS });
  await page.getByRole('button', { name: 'Download ZIP with annotated pictures: 2 selected' }).click();
  const zip = unzipSync(await readFile(await (await saving).path()));
  expect(Object.keys(zip)).toEqual(['a-mien.png', 'b-mien.png', 'mien-photos.json', 'mien-photos.csv']);
  await allFiles(page).nth(0).focus();
  await page.keyboard.press('Control+a');
  // Not all three were copied.
  await expect(page.getByText('The table was copied.')).toBeHidden();
  await page.getByRole('button', { name: 'Clear the selection' }).press('Enter');
  await expect(allFiles(page).nth(0)).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(allFiles(page)).toHaveCount(3);

  await allFiles(page).nth(2).click();
  await page.getByRole('button', { name: 'Show all of face 2' }).click();
  await page.getByText('Wrong? Say what it is').click();
  await page.getByRole('group', { name: 'What face 2 shows' }).getByRole('button', { name: 'Sad' }).click();
  await expect(page.getByText('1 example is kept.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Not a face' }).click();
  await expect(page.getByText('4 faces found')).toBeVisible();
  // The next face, now the second, has not inherited the answer.
  await expect(page.getByText(/^Kept as an example/)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Show all of face 2' })).toBeVisible();
  const [, , five] = (await downloadJson(page)) as PhotoRecord[];
  expect(five?.skipped_faces).toMatchObject([{ reason: 'not-a-face' }]);
  // New files in an emptied list are not filtered by the last search.
  await page.getByRole('searchbox', { name: 'Search photos by name' }).fill('five');
  await expect(allFiles(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Remove all', exact: true }).click();
  await choosePictures(page, pictures);
  await expect(allFiles(page)).toHaveCount(3);
});
