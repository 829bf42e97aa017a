import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneFace } from '../scripts/drawn-faces/scenes';
import { allFiles, choosePictures, expectFaces, openPlace, openReady, pictureOf, READING_MS, startOver } from './support/app';
import { downloadJson } from './support/downloads';
import type { TestFile } from './support/pictures';
import { expect, test, type Page } from './support/test';

/** Drops files from the disk, as the file manager does. */
async function dropFromDisk(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver'] as const) await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data });
  await expect(page.getByText('Drop photos, videos or folders anywhere')).toBeVisible();
  await session.send('Input.dispatchDragEvent', { type: 'drop', x: 400, y: 400, data });
  await expect(page.getByText('Drop photos, videos or folders anywhere')).toBeHidden();
}

/** The pictures of `makeFolder`, two with the same name. */
const IN_FOLDER = ['album/deeper/one.jpg', 'album/deeper/two.jpg', 'album/one.jpg'];

/** Creates a folder with three pictures, two of them in a subfolder, and system files. */
function makeFolder(root: string, good: TestFile): string {
  const folder = join(root, 'album');
  mkdirSync(join(folder, 'deeper'), { recursive: true });
  for (const path of IN_FOLDER) writeFileSync(join(root, path), good.buffer);
  writeFileSync(join(folder, '.DS_Store'), 'x');
  writeFileSync(join(folder, 'deeper', 'Thumbs.db'), 'x');
  return folder;
}

/** Expects each picture of the folder under its path, so that none is mistaken for another. */
async function expectFolder(page: Page): Promise<void> {
  await expect(page.getByText('3 of 3 read')).toBeVisible({ timeout: READING_MS });
  await expect(allFiles(page)).toHaveCount(3);
  for (const path of IN_FOLDER) {
    await allFiles(page).filter({ hasText: path }).click();
    await expect(page.getByRole('article', { name: path, exact: true })).toBeVisible();
  }
  const photos = (await downloadJson(page)) as { readonly file: string }[];
  expect(photos.map((photo) => photo.file).sort()).toEqual(IN_FOLDER);
}

test('dropped and chosen files and folders, searched recursively', async ({ readyPage: page }, info) => {
  const good = await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg');
  const paths = ['a.jpg', 'b.jpg'].map((name) => info.outputPath(name));
  for (const path of paths) writeFileSync(path, good.buffer);
  await dropFromDisk(page, paths);
  await expect(allFiles(page)).toHaveText([/a\.jpg/, /b\.jpg/]);
  await expectFaces(page, 1);

  await startOver(page);
  const folder = makeFolder(info.outputPath(), good);
  await dropFromDisk(page, [folder]);
  await expectFolder(page);

  await startOver(page);
  await page.locator('input[webkitdirectory]').setInputFiles(folder);
  await expectFolder(page);
});

test('pasted pictures', async ({ readyPage: page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const png = await pictureOf(page, oneFace(), 'good.png');
  await page.bringToFront();
  await page.evaluate(async (bytes) => {
    const blob = new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], { type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
  }, png.buffer.toString('base64'));
  await page.keyboard.press('ControlOrMeta+v');
  await expectFaces(page, 1);

  await startOver(page);
  // The clipboard that a page may fill holds one picture; a file manager's holds many files.
  const taken = await page.evaluate((bytes) => {
    const data = new DataTransfer();
    const content = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
    for (const name of ['a.png', 'b.png']) data.items.add(new File([content], name, { type: 'image/png' }));
    return !document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, png.buffer.toString('base64'));
  expect(taken).toBe(true);
  await expect(allFiles(page)).toHaveText([/a\.png/, /b\.png/]);
  await expect(page.getByText('2 of 2 read')).toBeVisible({ timeout: READING_MS });
  await expectFaces(page, 1);
});

test('a dropped link is not followed, and its picture is reported as unreadable', async ({ page }) => {
  await openReady(page);
  const prevented = await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.setData('text/uri-list', 'https://example.org/cat.jpg');
    const dropped = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(dropped);
    return dropped.defaultPrevented;
  });
  expect(prevented).toBe(true);
  await expect(page.getByRole('alert')).toContainText('This picture belongs to another site');
});

test('dragging a picture of the page itself is not a drop of a file, though the browser offers it as one', async ({ readyPage: page }) => {
  const good = await pictureOf(page, oneFace(), 'own.png');
  const sample = page.getByRole('main').locator('img').first();
  const hint = page.getByText('Drop photos, videos or folders anywhere');
  const drag = (types: readonly string[]) =>
    sample.evaluate(
      async (image, [base64, events]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], 'own.png', { type: 'image/png' }));
        for (const type of events) {
          image.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
          // Wait until the change is on screen.
          for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
        }
      },
      [good.buffer.toString('base64'), types] as const,
    );
  await drag(['dragstart', 'dragover']);
  expect(await hint.count()).toBe(0);
  await drag(['drop', 'dragend']);
  // After a drag without an end event, e.g. of a removed picture, files can be dropped once the pointer moves.
  await drag(['dragstart']);
  await page.mouse.move(200, 200);
  await drag(['dragover']);
  await expect(hint).toBeVisible();
  await drag(['dragleave']);
  await choosePictures(page, { ...good, name: 'chosen.png' });
  await expect(page.getByRole('article', { name: 'chosen.png' })).toBeVisible();
  await expectFaces(page, 1);
  await expect(page.getByRole('article')).toHaveCount(1);
  // A second one would be listed beside it.
  await expect(allFiles(page)).toHaveCount(0);
});

test('an unreadable file is retried when it is dropped again, not listed twice', async ({ readyPage: page }, info) => {
  const paths = ['broken.jpg', 'good.jpg'].map((name) => info.outputPath(name));
  const contents = [Buffer.from('text'), (await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg')).buffer];
  paths.forEach((path, i) => writeFileSync(path, contents[i] ?? ''));
  await dropFromDisk(page, paths);
  await expect(page.getByText('1 of 2 read, 1 could not be read')).toBeVisible({ timeout: READING_MS });
  await dropFromDisk(page, paths);
  await expect(page.getByText(/^broken\.jpg .* not listed twice/)).toBeVisible();
  await expect(page.getByText('1 of 2 read, 1 could not be read')).toBeVisible({ timeout: READING_MS });
  await expect(allFiles(page)).toHaveCount(2);
});

test('drops are ignored while the webcam is in front', async ({ readyPage: page }, info) => {
  await openPlace(page, 'Live');
  const path = info.outputPath('a.jpg');
  writeFileSync(path, (await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg')).buffer);
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data });
  await openPlace(page, 'Read');
  await expect(page.getByRole('heading', { name: 'Read the expressions in a photo or a video' })).toBeVisible();
  // The browser itself would have navigated to the file.
  expect(page.url()).toMatch(/^http/);
});
