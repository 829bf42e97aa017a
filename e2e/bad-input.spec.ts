import { noFace, oneFace } from '../scripts/drawn-faces/scenes';
import { MienError } from '../src/engine/errors';
import { wordError } from '../src/words/errors';
import { choosePictures, expectFaces, pictureOf, READING_MS } from './support/app';
import { file, plainPng } from './support/pictures';
import { expect, test } from './support/test';

const HEIC = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');

test('a file that is not a picture gets its own message, and the next picture is read', async ({ readyPage: page }) => {
  const good = await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg');
  await choosePictures(page, file('phone.heic', 'image/heic', HEIC));
  const { title, advice } = wordError(new MienError('image', 'heic'));
  await expect(page.getByText(title)).toBeVisible();
  await expect(page.getByText(advice)).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose another picture' }).click();
  await (await chooser).setFiles(good);
  await expectFaces(page, 1);
});

test('one bad file never stops the others', async ({ readyPage: page }) => {
  const good = await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg');
  const bad = [
    file('empty.png', 'image/png', Buffer.alloc(0)),
    file('notes.jpg', 'image/jpeg', Buffer.from('Not a picture at all.\n'.repeat(50))),
    file('half.jpg', 'image/jpeg', good.buffer.subarray(0, good.buffer.length / 2)),
    file('huge.png', 'image/png', plainPng(10_000, 10_000)),
    file('phone.heic', 'image/heic', HEIC),
  ];
  await choosePictures(page, [{ ...good, name: 'first.jpg' }, ...bad, { ...good, name: 'last.jpg' }]);
  await expectFaces(page, 1);
  await page.getByRole('option', { name: /last\.jpg/ }).click();
  await expectFaces(page, 1);
});

test('a picture without a face says so', async ({ readyPage: page }) => {
  await choosePictures(page, await pictureOf(page, noFace(), 'wall.png'));
  await expect(page.getByText(/no face/i).first()).toBeVisible({ timeout: READING_MS });
  await expectFaces(page, 0);
});
