import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Locale } from '../src/words/i18n';
import { LANGUAGE_NAMES } from '../src/words/languages';
import { openPlace, READING_MS, startCamera } from './support/app';
import { expect, test, type Locator, type Page } from './support/test';

/** Texts as the page shows them, with English for missing translations. */
function textsOf(language: Locale): (english: string) => string {
  if (language === 'en') return (english) => english;
  const catalogue = JSON.parse(readFileSync(new URL(`../src/words/messages/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>;
  return (english) => catalogue[english] ?? english;
}

/** The downloaded record without its timestamp. */
async function downloadedRecord(page: Page, text: (english: string) => string): Promise<string> {
  // On a phone it is in a menu.
  const phone = page.viewportSize();
  await page.setViewportSize({ width: 1280, height: 800 });
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: text('Download JSON'), exact: true }).click();
  const path = await (await saving).path();
  if (phone) await page.setViewportSize(phone);
  return (await readFile(path, 'utf8')).replace(/"started": "[^"]*"/, '"started": ""');
}

async function chooseLanguage(page: Page, from: (english: string) => string, name: string): Promise<void> {
  await page.getByRole('button', { name: from('Settings'), exact: true }).click();
  await page.getByRole('radio', { name, exact: true }).check({ force: true });
  await page.keyboard.press('Escape');
}

test.use({ locale: 'de-AT', viewport: { width: 390, height: 844 } });

test('the browser’s language, a change without a reload, and files independent of both', async ({ page }) => {
  const [english, german, arabic] = [textsOf('en'), textsOf('de'), textsOf('ar')];
  await page.goto('./');
  const html = page.locator('html');
  await expect(html).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('heading', { name: german('Read the expressions in a photo or a video') })).toBeVisible();
  await page.getByRole('button', { name: german('One face') }).click();
  const card = (text: (english: string) => string) => page.getByRole('list', { name: text('Faces'), exact: true }).getByRole('listitem');
  await expect(card(german)).toContainText(german('Happy'), { timeout: READING_MS });
  const record = await downloadedRecord(page, german);

  await chooseLanguage(page, german, 'العربية');
  await expect(html).toHaveAttribute('dir', 'rtl');
  await expect(html).toHaveAttribute('lang', 'ar');
  // The photo is still shown, in the new language.
  await expect(card(arabic)).toContainText(arabic('Happy'));
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await downloadedRecord(page, arabic)).toBe(record);

  await page.reload();
  await expect(html).toHaveAttribute('dir', 'rtl');
  await chooseLanguage(page, arabic, 'English');
  await expect(html).toHaveAttribute('dir', 'ltr');
  await expect(card(english)).toContainText('Happy');

  // Another sensitivity is kept, and is in the file of what is read from then on.
  const choose = () => page.getByRole('button', { name: 'Settings', exact: true }).click();
  await choose();
  await page.getByRole('radio', { name: 'Eager' }).check({ force: true });
  await page.keyboard.press('Escape');
  expect(await downloadedRecord(page, english)).toBe(record);
  expect(record).toContain('"sensitivity": "balanced"');
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('button', { name: 'One face' }).click();
  await expect(card(english)).toContainText('Happy', { timeout: READING_MS });
  const eager = (await downloadedRecord(page, english)).replace('"sensitivity": "eager"', '"sensitivity": "balanced"');
  expect(eager).toContain('"sensitivity": "balanced"');
  expect(eager).not.toBe(record);
  await page.reload();
  await choose();
  await expect(page.getByRole('radio', { name: 'Eager' })).toBeChecked();
});

test('in every language the header is one row, also with the recording link, and a small phone’s toolbar at most three', async ({ page }) => {
  test.slow();
  await page.addInitScript(() => localStorage.setItem('mien.settings', JSON.stringify({ language: 'en' })));
  await page.goto('./');
  await openPlace(page, 'Read');
  await page.getByRole('button', { name: 'One face' }).click();
  await expect(page.getByRole('button', { name: 'Start over' })).toBeVisible();
  await startCamera(page);
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(page.getByRole('timer')).toBeVisible();
  await openPlace(page, 'Read');
  let shown = textsOf('en');
  for (const [language, name] of Object.entries(LANGUAGE_NAMES) as [Locale, string][]) {
    await chooseLanguage(page, shown, name);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    shown = textsOf(language);
    for (const [width, height] of [[568, 320], [641, 800], [700, 400], [820, 1180], [897, 800], [960, 800]] as const) {
      await page.setViewportSize({ width, height });
      await expect.poll(async () => (await page.getByRole('banner').boundingBox())?.height, `${language} at ${width}`).toBeLessThan(80);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    const buttons = page.getByRole('region', { name: shown('Photos'), exact: true }).getByRole('button');
    await expect.poll(async () => rowsOf(buttons), language).toBeLessThanOrEqual(3);
  }
});

/** Number of rows that the elements are in, whose heights differ. */
async function rowsOf(elements: Locator): Promise<number> {
  const middles = await elements.evaluateAll((all) => all.map((each) => each.getBoundingClientRect()).map(({ top, bottom }) => Math.round((top + bottom) / 20)));
  return new Set(middles).size;
}
