import { drawScene } from '../../scripts/drawn-faces/scenes';
import { allFiles, choosePictures, expectFaces, openReady, pictureOf } from '../support/app';
import type { TestFile } from '../support/pictures';
import { expect, test } from '../support/test';

test('all of 200 files at once are read, and the app stays usable meanwhile', async ({ page }) => {
  test.setTimeout(240_000);
  await openReady(page);
  const small = await pictureOf(page, drawScene({ width: 200, height: 200 }, [{ x: 100, y: 85, height: 110, expression: 'happy', seed: 1 }]), 'small.jpg', 'image/jpeg');
  const files = Array.from({ length: 200 }, (_, index): TestFile => ({ ...small, name: `picture-${index + 1}.jpg` }));
  await choosePictures(page, files);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(allFiles(page)).toHaveCount(200);
  await expect(page.getByText(/200 of 200/)).toBeVisible({ timeout: 180_000 });
  await allFiles(page).filter({ hasText: /picture-200\.jpg/ }).click();
  await expectFaces(page, 1);
});
