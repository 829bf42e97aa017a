import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { READING_MS } from './support/app';
import { expect, test, type Page } from './support/test';

type Language = 'en' | 'de' | 'ar';

/** Texts as the page shows them, with English for missing translations. */
function textsOf(language: Language): (english: string) => string {
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
