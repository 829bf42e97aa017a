import { expectAccessible } from './support/accessible';
import { READING_MS } from './support/app';
import { expect, test, type Page } from './support/test';

const lab = (page: Page) => page.getByRole('region', { name: 'Lab', exact: true });

test('faces are taken from the camera, labelled by keys, merged, restored by undo, and outlive the tab until they are removed', async ({ page }) => {
  test.slow();
  await page.goto('./#/lab/data');
  await lab(page).getByRole('button', { name: 'Use the camera' }).click({ timeout: READING_MS });
  await lab(page).getByRole('checkbox').check();
  await lab(page).getByRole('button', { name: 'Start camera' }).click();
  await lab(page).getByLabel('Person in view').fill('Anna');
  const happy = lab(page).getByRole('button', { name: /^Happy/ });
  await happy.hover();
  await page.mouse.down();
  await expect(lab(page).getByRole('button', { name: /^Use ([2-9]|\d\d+) faces/ })).toBeVisible({ timeout: READING_MS });
  await page.mouse.up();
  await expectAccessible(page);
  await lab(page).getByRole('button', { name: /^Use \d+ faces/ }).click();

  const faces = lab(page).getByRole('listbox', { name: 'Faces' });
  await expect(faces.getByRole('option').first()).toContainText('happyAnna', { timeout: READING_MS });
  await faces.getByRole('option').first().click();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('5');
  await expect(faces.getByRole('option', { selected: true })).toHaveText([/^sad/, /^sad/]);
  await page.keyboard.press('Control+z');
  await expect(faces.getByRole('option', { selected: true })).toHaveText([/^happy/, /^happy/]);
  await lab(page).getByLabel('Person', { exact: true }).fill('Ben');
  await lab(page).getByRole('button', { name: 'The chosen faces are one person' }).click();
  await expect(faces.getByRole('option').first()).toContainText('Ben');
  await expectAccessible(page);
  await expect(lab(page).getByText('kept in this browser', { exact: false })).toBeVisible();

  await page.goto('about:blank');
  await page.goto('./#/lab/data');
  await expect(faces.getByRole('option').first()).toContainText('Ben', { timeout: READING_MS });
  await lab(page).getByRole('button', { name: 'Remove', exact: true }).click();
  await page.goto('about:blank');
  await page.goto('./#/lab/data');
  await expect(lab(page).getByRole('button', { name: 'Use the camera' })).toBeVisible({ timeout: READING_MS });
});

/** In Kaggle's format: rows of pixels. */
function fer2013(faces: number): string {
  const pixels = Array.from({ length: 48 * 48 }, (_, i) => (i * 7) % 256);
  const rows = Array.from({ length: faces }, (_, face) => `${face % 7},${pixels.map((value) => (value + face) % 256).join(' ')},Training`);
  return ['emotion,pixels,Usage', ...rows].join('\n');
}

test('of many faces only visible ones are in the page, and keys reach all others', async ({ page }) => {
  await page.goto('./#/lab/data');
  await lab(page).getByRole('button', { name: 'Try drawn faces' }).waitFor({ timeout: READING_MS });
  await lab(page).locator('input[type="file"]:not([webkitdirectory])').last().setInputFiles({ name: 'fer2013.csv', mimeType: 'text/csv', buffer: Buffer.from(fer2013(500)) });
  await lab(page).getByRole('button', { name: 'Use 500 labelled pictures' }).click({ timeout: READING_MS });
  const faces = lab(page).getByRole('listbox', { name: 'Faces' });
  const option = (position: number) => faces.locator(`[aria-posinset="${position}"]`);
  await option(1).click({ timeout: READING_MS });
  expect(await faces.getByRole('option').count()).toBeLessThan(200);
  await page.keyboard.press('End');
  await expect(option(500)).toBeFocused();
  await expect(option(500)).toBeInViewport();
  await expect(option(1)).toBeHidden();
  await page.keyboard.press('2');
  await expect(option(500)).toContainText('disgust');
  // Wherever it is scrolled to, the focus stays on its face, and the next key continues there.
  await faces.evaluate((box) => (box.scrollTop = 0));
  await expect(option(1)).toBeInViewport();
  await expect(option(500)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(option(499)).toBeFocused();
  await expect(option(499)).toBeInViewport();
  await page.keyboard.press('Home');
  await page.keyboard.press('h');
  await expect(option(4)).toBeFocused();
});
