import { expectAccessible } from './support/accessible';
import { READING_MS } from './support/app';
import { expect, test, type Page } from './support/test';

const lab = (page: Page) => page.getByRole('region', { name: 'Lab', exact: true });

test('faces are taken from the camera, labelled by keys, merged, undone, and outlive the tab until they are removed', async ({ page }) => {
  test.slow();
  await page.goto('./#/lab/data');
  await lab(page).getByRole('button', { name: 'Use the camera' }).click({ timeout: READING_MS });
  await lab(page).getByRole('checkbox').check();
  await lab(page).getByRole('button', { name: 'Start camera' }).click();
  await lab(page).getByLabel('Who is in view').fill('Anna');
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
