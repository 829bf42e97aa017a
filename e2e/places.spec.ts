import { expectFaces, openReady, openPlace, placeLink, trySample } from './support/app';
import { expect, test } from './support/test';

test('every place has a URL and a title; photos survive a reload until they are removed; photos and videos are added in one place', async ({ page }) => {
  await openReady(page);
  await trySample(page, 'One face');
  await expectFaces(page, 1);
  await expect(page).toHaveTitle('sample-one.webp – Read – Mien');
  await openPlace(page, 'Live');
  await expect(page).toHaveTitle('Live – Mien');
  await openPlace(page, 'Library');
  await expect(page).toHaveURL(/#\/library$/);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Start camera' })).toBeVisible();
  await page.goBack();
  await expectFaces(page, 1);
  await page.goForward();
  await expect(placeLink(page, 'Live')).toHaveAttribute('aria-current', 'page');
  await page.goto('./#/sessions');
  await expect(page.getByRole('heading', { name: 'No sessions yet' })).toBeVisible();

  await openPlace(page, 'Read');
  await page.reload();
  await expectFaces(page, 1);
  await expect(page).toHaveTitle('sample-one.webp – Read – Mien');
  await page.getByRole('button', { name: 'About this model' }).click();
  await expect(page).toHaveURL(/#\/about$/);
  await expect(page).toHaveTitle('About this model – Mien');
  await page.keyboard.press('Escape');
  await expect(page).toHaveTitle('sample-one.webp – Read – Mien');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('mien-photos-kept'))).toBeNull();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Read the expressions in a photo or a video' })).toBeVisible();

  await trySample(page, 'One face');
  await expectFaces(page, 1);
  await page.evaluate(async () => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([await (await fetch('samples/clip.mp4')).blob()], 'clip.mp4', { type: 'video/mp4' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole('article', { name: 'clip.mp4' })).toBeVisible();
  const kinds = page.getByRole('navigation', { name: 'What is shown' });
  await kinds.getByRole('link', { name: 'Photos' }).click();
  await expectFaces(page, 1);
  await kinds.getByRole('link', { name: 'Videos' }).click();
  await page.getByRole('button', { name: 'Remove clip.mp4' }).click();
  await expectFaces(page, 1);
  // Ctrl+Z works here too.
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('article', { name: 'clip.mp4' })).toBeVisible();
  // The undo also survives a change to the other kind of file.
  await kinds.getByRole('link', { name: 'Photos' }).click();
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByRole('article', { name: 'clip.mp4' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await kinds.getByRole('link', { name: 'Photos' }).click();
  await expectFaces(page, 1);
});
