import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { READING_MS } from './support/app';
import { expect, test, type Page } from './support/test';

const lab = (page: Page) => page.getByRole('region', { name: 'Lab', exact: true });

test('training outlives its tab: the data and the last epoch are kept, and it goes on to its end', async ({ page }) => {
  test.slow();
  await page.goto('./#/lab/data');
  await lab(page).getByRole('button', { name: 'Try drawn faces' }).click({ timeout: READING_MS });
  await lab(page).getByRole('button', { name: 'Use 42 labelled pictures' }).click();
  await expect(lab(page).getByText('kept in this browser', { exact: false })).toBeVisible({ timeout: READING_MS });
  await lab(page).getByRole('button', { name: 'Teach with it' }).click();
  await lab(page).getByLabel('Name of the model').fill('drawn people');
  await lab(page).getByRole('tab', { name: /^Thorough/ }).click();
  await lab(page).getByLabel('Network').selectOption('mien-xs');
  await lab(page).getByText('Epochs, batches, learning rate').click();
  await lab(page).getByLabel('Epochs at most').fill('3');
  await lab(page).getByLabel('Faces in a batch').fill('8');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await lab(page).getByRole('button', { name: 'Train', exact: true }).click();
  await expect(lab(page).getByText(/^Epoch 1: /)).toBeVisible({ timeout: 2 * READING_MS });

  await page.goto('about:blank');
  await page.goto('./#/lab/teach');
  await lab(page).getByRole('button', { name: /^Go on from epoch [23]$/ }).click({ timeout: READING_MS });
  const taught = lab(page).getByRole('region', { name: 'Taught model' });
  await expect(taught.getByText(/^Right on .* of 14 held-out faces\. It is (not )?better/)).toBeVisible({ timeout: 2 * READING_MS });
  await expect(taught.getByText(/^It learned from 28 faces and was judged on 14 others, of 2 people whom it never saw/)).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  const saving = page.waitForEvent('download');
  await lab(page).getByRole('button', { name: 'training_log.csv' }).click();
  const log = await readFile(await (await saving).path(), 'utf8');
  expect(log.trim().split('\n')).toHaveLength(4);
});
