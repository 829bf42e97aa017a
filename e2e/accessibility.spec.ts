import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { choosePictures, expectFaces, liveFaces, openReady, openTab, startCamera, trySample } from './support/app';
import { file } from './support/pictures';

const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'the empty photo tab': async (page) => {
    await expect(page.getByRole('button', { name: /choose/i }).first()).toBeVisible();
  },
  'a photo with five faces': async (page) => {
    await trySample(page, 'Five faces');
    await expectFaces(page, 5);
  },
  'a file that is no picture': async (page) => {
    await choosePictures(page, file('notes.jpg', 'image/jpeg', Buffer.from('text')));
    await expect(page.getByText('This is not a picture')).toBeVisible();
  },
  'the webcam before its start': async (page) => {
    await openTab(page, 'Webcam');
    await expect(page.getByRole('button', { name: 'Start camera' })).toBeVisible();
  },
  'the running webcam': async (page) => {
    await startCamera(page);
    await expect(liveFaces(page)).toHaveCount(1);
  },
  'the settings': async (page) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  'the model’s card': async (page) => {
    await page.getByRole('button', { name: 'About this model' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  'the notes at the foot': async (page) => {
    for (const summary of await page.locator('footer summary').all()) await summary.click();
  },
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' } as const);
    for (const [what, reach] of Object.entries(STATES)) {
      test(`${what} breaks no rule, and fits 360 pixels`, async ({ page }) => {
        await openReady(page);
        await reach(page);
        const { violations, passes } = await new AxeBuilder({ page }).analyze();
        expect(passes.length).toBeGreaterThan(10);
        expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`) }))).toEqual([]);

        await page.setViewportSize({ width: 360, height: 740 });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow).toBe(0);
        const narrow = await new AxeBuilder({ page }).analyze();
        expect(narrow.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
      });
    }
  });
}
