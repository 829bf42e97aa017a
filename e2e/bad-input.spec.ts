import { expect, test } from '@playwright/test';
import { cutFace, drawScene, noFace, oneFace } from '../scripts/drawn-faces/scenes';
import { MienError } from '../src/engine/errors';
import { wordError } from '../src/words/errors';
import { choosePictures, expectFaces, openReady, pictureOf, READING_MS } from './support/app';
import { animatedGif, file, plainPng, type TestFile } from './support/pictures';

const FILES: Readonly<Record<string, { error: MienError; make: (good: TestFile) => TestFile }>> = {
  'an empty file': { error: new MienError('image', 'empty'), make: () => file('empty.png', 'image/png', Buffer.alloc(0)) },
  'a text named .jpg': { error: new MienError('image', 'not-an-image'), make: () => file('notes.jpg', 'image/jpeg', Buffer.from('Not a picture at all.\n'.repeat(50))) },
  'a JPEG that breaks off': { error: new MienError('image', 'damaged'), make: ({ buffer }) => file('half.jpg', 'image/jpeg', buffer.subarray(0, buffer.length / 2)) },
  'a JPEG whose middle is zeros': { error: new MienError('image', 'damaged'), make: ({ buffer }) => file('zeros.jpg', 'image/jpeg', Buffer.concat([buffer.subarray(0, 200), Buffer.alloc(buffer.length)])) },
  'a picture of 100 megapixels': { error: new MienError('image', 'too-large'), make: () => file('huge.png', 'image/png', plainPng(10_000, 10_000)) },
  'an iPhone’s HEIC, which says how to convert it': { error: new MienError('image', 'heic'), make: () => file('phone.heic', 'image/heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')) },
  'a picture of one pixel': { error: new MienError('image', 'too-small'), make: () => file('dot.png', 'image/png', plainPng(1, 1)) },
};

for (const [what, { error, make }] of Object.entries(FILES)) {
  test(`${what} gets its own message, and the next picture is read`, async ({ page }) => {
    await openReady(page);
    const good = await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg');
    await choosePictures(page, make(good));
    await expect(page.getByText(wordError(error).title)).toBeVisible();
    await expect(page.getByText(wordError(error).advice)).toBeVisible();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose another picture' }).click();
    await (await chooser).setFiles(good);
    await expectFaces(page, 1);
  });
}

test('one bad file never stops the others', async ({ page }) => {
  await openReady(page);
  const good = await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg');
  const bad = Object.values(FILES).map(({ make }) => make(good));
  await choosePictures(page, [{ ...good, name: 'first.jpg' }, ...bad, { ...good, name: 'last.jpg' }]);
  await expectFaces(page, 1);
  await page.getByRole('option', { name: /last\.jpg/ }).click();
  await expectFaces(page, 1);
});

test('an animated GIF is read by its first frame', async ({ page }) => {
  await openReady(page);
  const face = { x: 160, y: 110, height: 150, expression: 'happy', seed: 1 } as const;
  const size = { width: 320, height: 240 };
  const studio = await page.context().newPage();
  const gif = await animatedGif(studio, [drawScene(size, [face]), drawScene(size, []), drawScene(size, [])]);
  await studio.close();
  await choosePictures(page, file('moving.gif', 'image/gif', gif));
  await expectFaces(page, 1);
});

test('a picture without a face says so', async ({ page }) => {
  await openReady(page);
  await choosePictures(page, await pictureOf(page, noFace(), 'wall.png'));
  await expect(page.getByText(/no face/i).first()).toBeVisible({ timeout: READING_MS });
  await expectFaces(page, 0);
});

test('a face that the edge cuts is found, and either read or said to be cut off', async ({ page }) => {
  await openReady(page);
  await choosePictures(page, await pictureOf(page, cutFace(), 'edge.png'));
  await expectFaces(page, 1);
});

test('200 files at once are all read, and the app stays usable meanwhile', async ({ page }) => {
  test.setTimeout(240_000);
  await openReady(page);
  const small = await pictureOf(page, drawScene({ width: 200, height: 200 }, [{ x: 100, y: 85, height: 110, expression: 'happy', seed: 1 }]), 'small.jpg', 'image/jpeg');
  const files = Array.from({ length: 200 }, (_, index): TestFile => ({ ...small, name: `picture-${index + 1}.jpg` }));
  await choosePictures(page, files);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('option')).toHaveCount(200);
  await expect(page.getByText(/200 of 200/)).toBeVisible({ timeout: 180_000 });
  await page.getByRole('option', { name: /picture-200\.jpg/ }).click();
  await expectFaces(page, 1);
});
