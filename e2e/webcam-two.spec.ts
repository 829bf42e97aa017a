import { liveFaces, READING_MS, startCamera } from './support/app';
import { cameraLaunchOptions } from './support/browser';
import { expect, test } from './support/test';

test.use({ launchOptions: cameraLaunchOptions('two') });

test('two people each have a card and a number of their own, and the timeline shows the chosen one', async ({ page }) => {
  await page.goto('./');
  await startCamera(page);
  // Where they cross, one may be lost for a moment, and with it the choice: paused, nothing changes by itself.
  const present = liveFaces(page).and(page.locator(':not([data-absent])'));
  await expect.poll(async () => new Set(await present.getByText(/^Person [A-Z]+$/).allInnerTexts()).size, { timeout: READING_MS }).toBe(2);
  await expect(async () => {
    const resume = page.getByRole('button', { name: 'Resume' }).first();
    if (await resume.isVisible()) await resume.click();
    await expect(present).toHaveCount(2, { timeout: 15_000 });
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByRole('heading', { name: 'Paused' })).toBeVisible({ timeout: 5000 });
    await expect(present).toHaveCount(2, { timeout: 1000 });
  }).toPass({ timeout: READING_MS });
  const timelineOf = (pressed: boolean) => present.getByRole('button', { name: /^Timeline of Person [A-Z]+$/, pressed });
  const heading = (label: string | null) => page.getByRole('heading', { name: label?.replace('Timeline of', 'Last 60 seconds ·') ?? 'none', exact: true });
  const larger = await timelineOf(true).getAttribute('aria-label');
  const smaller = await timelineOf(false).getAttribute('aria-label');
  await expect(heading(larger)).toBeVisible();
  await timelineOf(false).click();
  await expect(heading(smaller)).toBeVisible();
  await expect(page.getByRole('button', { name: smaller ?? '', exact: true, pressed: true })).toBeVisible();
  // Deselected: back to the larger face.
  await timelineOf(true).click();
  await expect(heading(larger)).toBeVisible();
});
