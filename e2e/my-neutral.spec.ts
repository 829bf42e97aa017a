import { readFile } from 'node:fs/promises';
import { liveFaces, READING_MS, startCamera } from './support/app';
import { expect, test } from './support/test';

test('a resting face is set as neutral: live, in recordings, and off again', async ({ page }) => {
  test.slow();
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  await page.getByRole('button', { name: 'Set my neutral' }).click();
  await expect(page.getByRole('progressbar', { name: /^Rest your face/ })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Set my neutral' }).click();
  await expect(liveFaces(page).getByText('relative to you')).toBeVisible({ timeout: READING_MS });

  await page.getByRole('button', { name: /^Record/ }).click();
  await page.getByRole('button', { name: 'Mark' }).click();
  await page.getByRole('button', { name: /^Stop/ }).click();
  await expect(page.getByRole('button', { name: 'Download JSON' })).toBeVisible({ timeout: READING_MS });
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download JSON' }).click();
  const record = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as unknown;
  expect(record).toMatchObject({ people_edits: [{ kind: 'neutral', person: 'Person A' }] });

  await page.getByRole('button', { name: 'Show without the baseline' }).click();
  await expect(liveFaces(page).getByText('relative to you')).toBeHidden();
});
