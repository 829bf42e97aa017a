import AxeBuilder from '@axe-core/playwright';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { READING_MS } from './support/app';

const MODEL = fileURLToPath(new URL('../src/network/model-file/fixtures/drawn-raf-centred.keras', import.meta.url));

const lab = (page: Page) => page.getByRole('region', { name: 'Lab', exact: true });

async function openLab(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.goto('./#/lab');
  await expect(lab(page).getByRole('heading', { name: 'Bring your own model' })).toBeVisible({ timeout: READING_MS });
}

test('a model that is brought is asked about, kept, used, named, and removed with a way back', async ({ page }) => {
  // The engine starts three times.
  test.slow();
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto('./');
  await expect(page.getByRole('button', { name: /choose/i }).first()).toBeVisible({ timeout: READING_MS });
  expect(fetched.filter((url) => /LabPlace|lab\.worker|brought-model|\/lab\//.test(url))).toEqual([]);

  await openLab(page);
  await lab(page).locator('input[type="file"]:not([webkitdirectory])').setInputFiles(MODEL);
  await expect(lab(page).getByLabel('Pixels are scaled')).toHaveValue('minus-one-to-one', { timeout: READING_MS });
  await expect(lab(page).getByText(/^So it reads \d+ of 42 drawn faces/)).toBeVisible({ timeout: READING_MS });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await lab(page).getByRole('button', { name: 'Keep this model' }).click();

  const card = lab(page).getByRole('listitem', { name: 'drawn-raf-centred' });
  await card.getByRole('button', { name: 'Use in Mien' }).click();
  const notice = page.getByTestId('model-notice');
  await expect(notice).toContainText('drawn-raf-centred', { timeout: READING_MS });
  await card.getByRole('button', { name: 'Remove drawn-raf-centred' }).click();
  await expect(notice).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(card.getByText('In use')).toBeVisible();
});
