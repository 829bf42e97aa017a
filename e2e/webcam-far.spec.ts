import { expect, test } from '@playwright/test';
import { liveFaces, READING_MS, startCamera } from './support/app';
import { cameraLaunchOptions } from './support/browser';

test.use({ launchOptions: cameraLaunchOptions('far') });

const FAR_NETWORK = '**/face_detection_full_range_sparse.tflite';

test('the network for near faces misses somebody far away, and the one for far faces takes over', async ({ page }) => {
  await page.route(FAR_NETWORK, (route) => route.fulfill({ status: 404 }));
  const wanted = page.waitForRequest(FAR_NETWORK);
  await page.goto('./');
  await startCamera(page);
  await wanted;
  await expect(page.getByText('No face in view')).toBeVisible({ timeout: READING_MS });

  // A new stream asks for the missing network once more.
  await page.unroute(FAR_NETWORK);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  const face = liveFaces(page).first();
  const name = (await face.getByRole('heading').innerText()).split('\n')[0] ?? '';
  expect(name).toMatch(/^Face \d+$/);
  // It serves from now on: the one face stays in view, where a look now and then would lose and renumber it.
  for (let look = 0; look < 12; look++) {
    await page.waitForTimeout(250);
    await expect(face).not.toHaveAttribute('data-absent');
  }
  await expect(face).toContainText(name);
});
