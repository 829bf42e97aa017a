import { expect, test } from '@playwright/test';
import { liveFaces, READING_MS, startCamera } from './support/app';
import { cameraLaunchOptions } from './support/browser';

test.use({ launchOptions: cameraLaunchOptions('two') });

test('two people each have a card and a number of their own, and the timeline shows the one that is chosen', async ({ page }) => {
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(2, { timeout: READING_MS });
  const names = await liveFaces(page).getByText(/^Face \d+$/).allInnerTexts();
  expect(new Set(names).size).toBe(2);
  // Where they pass one another, one may be lost for a moment, and so its choice: then the next attempt holds.
  await expect(async () => {
    const other = liveFaces(page).getByRole('button', { name: /^Timeline of face \d+$/, pressed: false });
    const label = (await other.getAttribute('aria-label', { timeout: 2000 })) ?? '';
    await other.click({ timeout: 5000 });
    await expect(page.getByRole('heading', { name: label.replace('Timeline of', 'Last 60 seconds ·') })).toBeVisible({ timeout: 5000 });
  }).toPass({ timeout: READING_MS });
});
