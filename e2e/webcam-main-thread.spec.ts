import { expectFaces, liveFaces, openReady, READING_MS, startCamera, trySample } from './support/app';
import { expect, test } from './support/test';

for (const missing of ['Worker', 'OffscreenCanvas']) {
  test(`without ${missing}, photos and the camera are read in the page`, async ({ page }) => {
    await page.addInitScript((name) => {
      Reflect.deleteProperty(window, name);
      localStorage.setItem('mien.settings', JSON.stringify({ backend: 'wasm', showPerformance: true }));
    }, missing);
    const crashes: string[] = [];
    page.on('pageerror', (error) => crashes.push(error.message));
    await openReady(page);
    expect(page.workers()).toEqual([]);
    await trySample(page, 'One face');
    await expectFaces(page, 1);

    await startCamera(page);
    await expect(liveFaces(page)).toHaveCount(1, { timeout: 2 * READING_MS });
    await expect(liveFaces(page).getByRole('row')).toHaveCount(8);
    const figure = (name: string) =>
      page.getByRole('region', { name: 'Performance' }).locator('dl > div').filter({ has: page.getByText(name, { exact: true }) }).getByRole('definition');
    await expect(figure('Runs in')).toHaveText('the page');
    expect(page.workers()).toEqual([]);

    // It continues, and the page responds in between.
    await expect(figure('Analysed')).toHaveText(/^(?!0\.0)\d+\.\d \/s$/, { timeout: READING_MS });
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect(page.getByRole('heading', { name: 'Paused' })).toBeVisible();
    expect(crashes).toEqual([]);
  });
}
