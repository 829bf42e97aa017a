import { readFile } from 'node:fs/promises';
import { expectAccessible } from './support/accessible';
import { READING_MS } from './support/app';
import { expect, test, type Page } from './support/test';

const lab = (page: Page) => page.getByRole('region', { name: 'Lab', exact: true });

test('training blocks training in other tabs and outlives its own: another tab resumes from the last epoch', async ({ page, context }) => {
  test.slow();
  await page.goto('./#/lab/teach');
  await lab(page).getByRole('button', { name: 'Try drawn faces' }).click({ timeout: READING_MS });
  await lab(page).getByRole('button', { name: 'Use 42 labelled pictures' }).click();
  await expect(lab(page).getByText('kept in this browser', { exact: false })).toBeVisible({ timeout: READING_MS });
  await lab(page).getByRole('button', { name: 'Teach with it' }).click();
  await lab(page).getByLabel('Name of the model').fill('drawn people');
  await lab(page).getByRole('tab', { name: /^Thorough/ }).click();
  await lab(page).getByLabel('Network').selectOption('mien-xs');
  await lab(page).getByText('Epochs, batches, learning rate').click();
  await lab(page).getByLabel('Epochs at most').fill('500');
  await lab(page).getByLabel('End after so many epochs').fill('500');
  await lab(page).getByLabel('Faces in a batch').fill('8');
  await expectAccessible(page);
  await lab(page).getByRole('button', { name: 'Train', exact: true }).click();
  await expect(lab(page).getByText(/^Epoch 1: /)).toBeVisible({ timeout: 2 * READING_MS });

  const other = await context.newPage();
  await other.goto('./#/lab/teach');
  await expect(lab(other).getByText(/^Another tab is training/)).toBeVisible({ timeout: READING_MS });
  await expect(lab(other).getByRole('button', { name: 'Delete it' })).toBeHidden();
  await page.close();
  await lab(other).getByRole('button', { name: /^Go on from epoch \d+$/ }).click({ timeout: READING_MS });
  await lab(other).getByRole('button', { name: 'End now with the best epoch' }).click({ timeout: READING_MS });
  const taught = lab(other).getByRole('region', { name: 'Taught model' });
  await expect(taught.getByText(/^Accuracy .* on 14 held-out faces\. It is (not clearly )?better/)).toBeVisible({ timeout: 2 * READING_MS });
  await expect(taught.getByText(/^It learned from 28 faces and was judged on 14 others, of 2 people whom it never saw/)).toBeVisible();
  await expectAccessible(other);
  const saving = other.waitForEvent('download');
  await lab(other).getByRole('button', { name: 'training_log.csv' }).click();
  const log = await readFile(await (await saving).path(), 'utf8');
  // The header and at least one epoch.
  expect(log.trim().split('\n').length).toBeGreaterThan(1);
});
