import { chromium, type BrowserContext } from '@playwright/test';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { expectFaces, liveFaces, openPlace, READING_MS, startCamera, trySample } from './support/app';
import { cameraLaunchOptions } from './support/browser';
import { expect, test } from './support/test';

/** A browser whose user has blocked all storage by sites: even reading `localStorage` and `sessionStorage` throws. */
async function openBlocking(folder: string, baseURL: string | undefined): Promise<BrowserContext> {
  await mkdir(`${folder}/Default`, { recursive: true });
  const blocked = 2;
  await writeFile(`${folder}/Default/Preferences`, JSON.stringify({ profile: { default_content_setting_values: { cookies: blocked } } }));
  return chromium.launchPersistentContext(folder, { ...cameraLaunchOptions('one'), ...(baseURL !== undefined && { baseURL }), viewport: { width: 1280, height: 800 } });
}

test('where the browser denies all storage, photos and the camera are read, and a recording is kept for download', async ({ baseURL }, testInfo) => {
  const context = await openBlocking(testInfo.outputPath('profile'), baseURL);
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto('./');
    const access = await page.evaluate(() =>
      (['localStorage', 'sessionStorage'] as const).map((name) => {
        try {
          return typeof window[name];
        } catch (error) {
          return (error as DOMException).name;
        }
      }),
    );
    expect(access).toEqual(['SecurityError', 'SecurityError']);

    await trySample(page, 'Five faces');
    await expectFaces(page, 5);
    await expect(page.getByText('This browser does not let photos be kept over a reload.', { exact: false })).toBeVisible();

    await startCamera(page);
    await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await expect(page.getByRole('timer')).toHaveText('0:02', { timeout: READING_MS });
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByText('The recording is not saved. This browser does not let the page keep anything')).toBeVisible();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download JSON' }).click();
    const { results } = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as { results: unknown[] };
    expect(results.length).toBeGreaterThan(0);

    for (const place of ['Library', 'Lab'] as const) {
      await openPlace(page, place);
      await expect(page.getByRole('alert').filter({ hasText: 'This browser does not let the page keep anything' })).toBeVisible();
    }
    // A setting applies without being stored.
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
    await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
    expect(errors).toEqual([]);
  } finally {
    await context.close();
  }
});
