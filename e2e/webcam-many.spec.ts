import { drawScene } from '../scripts/drawn-faces/scenes';
import { expectAccessibleInBothSchemes } from './support/accessible';
import { liveFaces, pictureOf, READING_MS, startCamera } from './support/app';
import { expect, test } from './support/test';

/** Eight people in two rows. */
const CLASS = drawScene(
  { width: 1280, height: 720 },
  Array.from({ length: 8 }, (_, index) => ({
    x: 175 + (index % 4) * 310,
    y: 190 + Math.floor(index / 4) * 340,
    height: 200,
    seed: index,
    expression: index % 2 === 0 ? ('happy' as const) : ('surprise' as const),
  })),
);

/** A number, a word and, for a named expression, its share. */
const LINE = /^Person [A-Z]+(Uncertain|(Happy|Surprise) [<>]?\d+%)$/;

test('a person without a card has a line with the same reading', async ({ page }) => {
  const { buffer, mimeType } = await pictureOf(page, CLASS, 'class.jpg', 'image/jpeg');
  await page.addInitScript((picture) => {
    localStorage.setItem('mien.settings', JSON.stringify({ backend: 'wasm' }));
    // A camera that repeats the picture.
    navigator.mediaDevices.getUserMedia = async () => {
      const image = new Image();
      image.src = picture;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
      setInterval(() => canvas.getContext('2d')?.drawImage(image, 0, 0), 100);
      return canvas.captureStream();
    };
  }, `data:${mimeType};base64,${buffer.toString('base64')}`);
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(6, { timeout: READING_MS });
  const lines = page.getByRole('list', { name: 'More faces' }).getByRole('listitem');
  await expect(lines).toHaveText([LINE, LINE], { timeout: READING_MS });

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('heading', { name: 'Paused' })).toBeVisible();
  await expectAccessibleInBothSchemes(page);
});
