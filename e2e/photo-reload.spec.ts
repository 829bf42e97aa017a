import type { Page } from '@playwright/test';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawScene } from '../scripts/drawn-faces/scenes';
import { expectAccessible } from './support/accessible';
import { allFiles, choosePictures, openPlace, openReady, pictureOf, READING_MS } from './support/app';
import type { TestFile } from './support/pictures';
import { expect, test } from './support/test';
import { analyse, openVideos } from './support/video';

const COUNT = 8;
/** The others are read only after a reload, and after the tab was killed. */
const READ_BEFORE = 3;

/** Writes files to disk, so that a file chosen twice is the same file. */
async function onDisk(files: readonly TestFile[], folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    files.map(async ({ name, buffer }) => {
      await writeFile(join(folder, name), buffer);
      return join(folder, name);
    }),
  );
}

/** Pictures that take a while to read. */
async function batch(page: Page): Promise<TestFile[]> {
  const scene = drawScene({ width: 1000, height: 750 }, [{ x: 500, y: 350, height: 260, expression: 'happy', seed: 1 }]);
  const { buffer } = await pictureOf(page, scene, 'one.png');
  return Array.from({ length: COUNT }, (_, i) => ({ name: `photo-${i + 1}.png`, mimeType: 'image/png', buffer }));
}

/** Number of photo files on disk. */
function storedFiles(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('mien-photos');
        opening.onsuccess = () => {
          const counting = opening.result.transaction('photos').objectStore('photos').count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );
}

test('a batch resumes after a reload, and after its tab was killed', async ({ page, context }) => {
  // A slow network stops the batch where the test needs it, however fast the machine is.
  let isHeld = false;
  await context.route('**/face_detection_full_range_sparse.tflite', (route) => (isHeld ? undefined : route.continue()));
  await openReady(page);
  const files = await batch(page);
  await choosePictures(page, files.slice(0, READ_BEFORE));
  await expect(page.getByText(`${READ_BEFORE} of ${READ_BEFORE} read`)).toBeVisible({ timeout: READING_MS });
  isHeld = true;
  await page.reload();
  await openReady(page);
  await choosePictures(page, files.slice(READ_BEFORE));
  await expect(allFiles(page)).toHaveCount(COUNT);
  await expect.poll(() => storedFiles(page)).toBe(COUNT);
  await page.reload();
  await expect(allFiles(page)).toHaveCount(COUNT);
  // Read pictures are not read again.
  await expect(page.getByText(`${READ_BEFORE} of ${COUNT} read`)).toBeVisible();
  await expect(page.getByText('photos must be chosen again')).toBeHidden();
  const killed = page.waitForEvent('crash');
  const session = await context.newCDPSession(page);
  session.send('Page.crash').catch(() => undefined);
  await killed;
  isHeld = false;
  const next = await context.newPage();
  await openReady(next);
  await expect(allFiles(next)).toHaveCount(COUNT);
  await expect(next.getByText(`${COUNT} of ${COUNT} read`)).toBeVisible({ timeout: READING_MS });
});

test('files not stored before a reload are reported by name, and recognised when they are chosen again', async ({ page }, testInfo) => {
  await openReady(page);
  const paths = await onDisk((await batch(page)).slice(0, 6), testInfo.outputPath('album'));
  await page.locator('input[type="file"]:not([webkitdirectory])').first().setInputFiles(paths);
  await expect.poll(() => storedFiles(page)).toBe(6);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('mien-photos');
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('photos', 'readwrite');
          const photos = transaction.objectStore('photos');
          const keys = photos.getAllKeys();
          keys.onsuccess = () => keys.result.slice(0, 2).forEach((key) => photos.delete(key));
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
  await page.reload();
  const notice = page.getByRole('region', { name: 'Photos to be chosen again' });
  await expect(notice.getByText('2 of 6 photos must be chosen again.')).toBeVisible();
  await notice.getByText('Show which').click();
  await expect(notice.getByRole('listitem')).toHaveCount(2);
  await expect(allFiles(page).filter({ hasText: 'Choose this photo again' })).toHaveCount(2);
  await expect(page.getByText('4 of 6 read, 2 could not be read')).toBeVisible({ timeout: READING_MS });
  await openPlace(page, 'Library');
  await expect(page.getByRole('region', { name: 'What is kept in Read' })).toContainText('4 photos are kept');
  await openPlace(page, 'Read');
  const chooser = page.waitForEvent('filechooser');
  await notice.getByRole('button', { name: 'Choose the files again' }).click();
  await (await chooser).setFiles(paths);
  await expect(page.getByText('2 missing photos are back.')).toBeVisible();
  await expect(page.getByText(/^photo-\d\.png and 3 other files are here already and are not listed twice\.$/)).toBeVisible();
  await expect(notice).toBeHidden();
  await expect(page.getByText('6 of 6 read')).toBeVisible({ timeout: READING_MS });
  await expect(allFiles(page)).toHaveText([1, 2, 3, 4, 5, 6].map((number) => new RegExp(`^photo-${number}\\.png`)));
});

test('where storage is full, the page reports how many a reload would lose, asks before it closes, and keeps reading', async ({ page, context, baseURL }) => {
  await openReady(page);
  const session = await context.newCDPSession(page);
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin: new URL(baseURL ?? '').origin });
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL ?? '').origin, quotaSize: usage + 200_000 });
  await choosePictures(page, (await batch(page)).slice(0, 6));
  await expect(page.getByText(/^There is no room in this browser to keep \d+ of 6 photos over a reload/)).toBeVisible({ timeout: READING_MS });
  const asked = page.waitForEvent('dialog');
  // Only a page that was used may ask.
  await page.getByRole('article').click();
  await page.evaluate(() => setTimeout(() => location.reload()));
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(page.getByText('6 of 6 read')).toBeVisible({ timeout: READING_MS });
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(page.getByRole('region', { name: 'What is kept in Read' })).toContainText('closing this page loses');
  await page.getByRole('button', { name: 'Open in Read' }).click();
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL ?? '').origin });
  // Removing an item triggers another attempt to store.
  await page.getByRole('button', { name: 'Remove photo-1.png' }).click();
  await expect(page.getByText(/^There is no room/)).toBeHidden();
  await expect.poll(() => storedFiles(page)).toBe(5);
});

test('hundreds are listed at once, with only visible ones in the page; keys and search reach all', async ({ page }) => {
  await openReady(page);
  const [{ buffer } = { buffer: Buffer.alloc(0) }] = await batch(page);
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    for (let i = 1; i <= 400; i++) transfer.items.add(new File([bytes], `photo-${i}.png`, { type: 'image/png' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, buffer.toString('base64'));
  const options = allFiles(page);
  await expect(options.first()).toHaveAttribute('aria-setsize', '400');
  expect(await options.count()).toBeLessThan(120);
  await page.getByRole('button', { name: 'Cancel' }).first().click();
  await options.first().focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('option', { name: /^photo-400\.png/ })).toBeFocused();
  await expect(page.getByRole('article', { name: 'photo-400.png' })).toBeVisible();
  await page.keyboard.type('photo-25');
  await expect(page.getByRole('option', { name: /^photo-25\.png/ })).toBeFocused();
  await expect(page.getByRole('article', { name: 'photo-25.png' })).toBeVisible();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('400 photos selected')).toBeVisible();
  // A narrower window has fewer columns, all within the grid.
  await page.setViewportSize({ width: 600, height: 800 });
  const grid = page.getByRole('listbox', { name: 'All photos' });
  await expect.poll(() => grid.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await page.getByRole('searchbox', { name: 'Search photos by name' }).fill('photo-39');
  await expect(options).toHaveCount(11);
  await expect(page.getByRole('article', { name: 'photo-39.png' })).toBeVisible();
  // The picture open before is not shown as a search result.
  await page.getByRole('searchbox', { name: 'Search photos by name' }).fill('nobody');
  await expect(page.getByText('No photo matches.')).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show all photos' }).click();
  await expect(page.getByRole('article')).toBeVisible();
  // It can be opened again once others are shown, by whatever means.
  await page.getByRole('searchbox', { name: 'Search photos by name' }).fill('nobody');
  await expect(page.getByRole('article')).toHaveCount(0);
  await choosePictures(page, { name: 'new.png', mimeType: 'image/png', buffer });
  await expect(page.getByRole('article', { name: 'new.png' })).toBeVisible();
  await page.getByRole('option', { name: /^new\.png/ }).focus();
  await page.keyboard.type('photo-39');
  await expect(page.getByRole('article', { name: 'photo-39.png' })).toBeVisible();
});

test('unanalysed videos return after a reload, or are reported by name', async ({ page }) => {
  const clip = await readFile(new URL('../public/samples/clip.mp4', import.meta.url));
  const clips = ['a.mp4', 'b.mp4'].map((name): TestFile => ({ name, mimeType: 'video/mp4', buffer: clip }));
  await openVideos(page, clips);
  await expect(allFiles(page)).toHaveCount(2);
  await expect.poll(() => storedVideos(page).catch(() => 0)).toBe(2);
  await page.reload();
  await expect(allFiles(page).filter({ hasText: 'Ready' })).toHaveCount(2);
  const notice = page.getByRole('region', { name: 'Videos to be chosen again' });
  await expect(notice).toBeHidden();
  await storedVideos(page, 'clear');
  await page.reload();
  await expect(notice).toContainText('2 videos were still to be analysed when the page was closed.');
  const chooser = page.waitForEvent('filechooser');
  await notice.getByRole('button', { name: 'Choose the files again' }).click();
  await (await chooser).setFiles(clips);
  await expect(allFiles(page)).toHaveCount(2);
  await expect(notice).toBeHidden();
  await expect.poll(() => storedVideos(page)).toBe(2);
  await storedVideos(page, 'clear');
  await page.reload();
  await notice.getByRole('button', { name: 'Leave them out' }).press('Enter');
  await expect(notice).toBeHidden();
  // The focused button is gone; the next Tab continues in Read, not at the top of the page.
  await expect(page.locator('body')).not.toBeFocused();
});

test('the result of an analysed video is reachable after a reload, and its file can be chosen again for the picture', async ({ page, context }) => {
  const clip: TestFile = { name: 'clip.mp4', mimeType: 'video/mp4', buffer: await readFile(new URL('../public/samples/clip.mp4', import.meta.url)) };
  await openVideos(page, [clip]);
  await analyse(page, '5 frames a second');
  await expect(page.getByText('Kept on this device.')).toBeVisible();
  await page.reload();
  const notice = page.getByRole('region', { name: 'Analysed videos' });
  await expect(notice).toContainText('1 video was analysed before the page was closed.');
  await expect(notice).toBeInViewport();
  await expect(notice.getByRole('listitem')).toContainText(/clip\.mp4.*Video.*[1-9] (person|people)/);
  await expectAccessible(page);
  const choose = async (files: TestFile) => {
    const chooser = page.waitForEvent('filechooser');
    await notice.getByRole('button', { name: /^Choose the video: clip/ }).click();
    await (await chooser).setFiles([files]);
  };
  await choose({ ...clip, buffer: Buffer.from('another') });
  await expect(notice.getByRole('alert')).toContainText('“clip.mp4” is another file');
  await choose(clip);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^[1-9] (person|people)$/ })).toBeVisible();

  // It stays listed over further reloads, until its session is deleted, in another tab too, or it is dismissed.
  await openPlace(page, 'Read');
  await page.reload();
  await expect(notice).toBeVisible();
  const other = await context.newPage();
  await other.goto('./');
  await openPlace(other, 'Library');
  await other.getByRole('button', { name: /^Delete clip/ }).click();
  await expect(notice).toBeHidden();
  await other.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(notice).toBeVisible();
  await other.close();
  await notice.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(notice).toBeHidden();
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('mien-videos-')))).toEqual([]);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Choose photos or videos' })).toBeVisible();
  await expect(notice).toBeHidden();
});

/** Number of videos in the browser's storage; `clear` removes them. */
function storedVideos(page: Page, work: 'count' | 'clear' = 'count'): Promise<number> {
  return page.evaluate(
    (asked) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('mien-videos');
        // Let the page create it; one created here would lack the store for videos.
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onerror = () => reject(new Error('the page has not opened its videos yet'));
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('videos', 'readwrite');
          const answer = transaction.objectStore('videos')[asked]();
          transaction.oncomplete = () => {
            opening.result.close();
            resolve(answer.result ?? 0);
          };
        };
      }),
    work,
  );
}
