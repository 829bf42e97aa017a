import { liveFaces, READING_MS, startCamera } from './support/app';
import { cameraLaunchOptions } from './support/browser';
import { expect, test } from './support/test';

test.use({ launchOptions: cameraLaunchOptions('far') });

test('a distant person is found, and keeps one name', async ({ page }) => {
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  const face = liveFaces(page).first();
  const name = (await face.getByRole('heading').innerText()).split('\n')[0] ?? '';
  expect(name).toMatch(/^Person [A-Z]+$/);
  // A reading now and then would lose and renumber the face.
  for (let look = 0; look < 12; look++) {
    await page.waitForTimeout(250);
    await expect(face).not.toHaveAttribute('data-absent');
  }
  await expect(face).toContainText(name);
});
