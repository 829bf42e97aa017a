import { fiveFaces, oneFace } from '../scripts/drawn-faces/scenes';
import { allFiles, expectFaces, choosePictures, openPlace, openReady, pictureOf, startCamera, liveFaces, READING_MS } from './support/app';
import { stickingOut } from './support/accessible';
import { openSessions, record, stopRecording } from './support/sessions';
import { expect, test, type Locator, type Page } from './support/test';

test.use({ viewport: { width: 320, height: 640 }, hasTouch: true });

/** Minimum side of touch targets, CSS pixels. */
const LEAST = 44;

test('on a small phone nothing overflows, and every control is finger-sized', async ({ page }) => {
  await openReady(page);
  await expectFingers(page, 'the first screen');
  await choosePictures(page, [await pictureOf(page, oneFace('happy'), 'a.png'), await pictureOf(page, fiveFaces(), 'five.png')]);
  await expectFaces(page, 1);
  await expectFingers(page, 'photos');
  await expectOneRow(page.getByRole('button', { name: 'Download the results' }), page.getByRole('button', { name: 'Share', exact: true }), page.getByRole('button', { name: 'Remove all' }));
  const [add, folder] = await Promise.all(['Add files', 'Add a folder'].map((name) => page.getByRole('button', { name }).boundingBox()));
  expect(folder && add && folder.x - add.x - add.width).toBeGreaterThanOrEqual(4);
  await page.getByRole('button', { name: 'Download the results' }).tap();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download CSV' }).tap();
  expect((await saving).suggestedFilename()).toMatch(/\.csv$/);
  // The choice applies to all files.
  await page.getByRole('button', { name: 'Download the results' }).tap();
  await page.getByRole('menuitemcheckbox', { name: 'CSV for Excel' }).tap();
  await expect(page.getByRole('menuitemcheckbox', { name: 'CSV for Excel' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expectLargeLetters(page, 'photos');
  // Selecting works in place: with Ctrl, and with a tap while several are selected.
  await page.evaluate(() => scrollTo(0, 0));
  await allFiles(page).filter({ hasText: 'five.png' }).click({ modifiers: ['Control'] });
  await expect(page.getByText('2 photos selected')).toBeVisible();
  const before = await page.evaluate(() => scrollY);
  await allFiles(page).filter({ hasText: 'five.png' }).tap();
  await expect(page.getByText('2 photos selected')).toBeHidden();
  expect(await page.evaluate(() => scrollY)).toBe(before);
  // The chosen picture scrolls into view.
  await allFiles(page).filter({ hasText: 'a.png' }).tap();
  await expect(async () => {
    const top = (await page.getByRole('article', { name: 'a.png' }).boundingBox())?.y;
    expect(top).toBeGreaterThan(-1);
    expect(top).toBeLessThan(100);
  }).toPass({ timeout: 10_000 });
  // A swipe over the picture shows the next one.
  await page.getByRole('article', { name: 'a.png' }).getByRole('img', { name: 'Photo: a.png' }).evaluate((picture) => {
    const touch = (type: string, clientX: number) => picture.dispatchEvent(new PointerEvent(type, { pointerType: 'touch', isPrimary: true, clientX, clientY: 300, bubbles: true }));
    touch('pointerdown', 250);
    touch('pointerup', 90);
  });
  await expect(page.getByRole('article', { name: 'five.png' })).toBeVisible();

  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  await record(page, 3);
  await stopRecording(page);
  await expectFingers(page, 'the camera');

  await openSessions(page);
  await expectFingers(page, 'the Library');
  await expectLargeLetters(page, 'the Library');
  await page.getByRole('list', { name: 'Sessions' }).getByRole('button', { name: /^Webcam/ }).click();
  await page.getByRole('heading', { name: '1 person' }).waitFor();
  await page.getByRole('button', { name: 'Mark this moment' }).click();
  await expectFingers(page, 'a session');
  await expectLargeLetters(page, 'a session');

  await openPlace(page, 'Lab');
  await expectFingers(page, 'the Lab');
});

/** Letters of twice the size, as set in the browser, on the usual phone. */
async function expectLargeLetters(page: Page, where: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const usual = page.viewportSize();
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
  await expect.poll(() => stickingOut(page), where).toEqual([]);
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: 16 } });
  await devtools.detach();
  if (usual) await page.setViewportSize(usual);
}

async function expectOneRow(...buttons: Locator[]): Promise<void> {
  const tops = await Promise.all(buttons.map(async (button) => (await button.boundingBox())?.y));
  expect(new Set(tops).size, String(tops)).toBe(1);
}

async function expectFingers(page: Page, where: string): Promise<void> {
  await expect.poll(() => stickingOut(page), where).toEqual([]);
  await expect.poll(() => tooSmall(page), where).toEqual([]);
}

/** Controls smaller than a finger: a field counts with its label, a link within a sentence does not count. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const small: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('button, a[href], input, select, summary, [role="option"], [role="slider"]')) {
      const target = element.closest('label') ?? element;
      const { width, height } = target.getBoundingClientRect();
      const isSeen = target.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1 && !element.closest('[inert], [aria-hidden="true"]');
      // A visually hidden file field is pressed by its button.
      if (!isSeen || getComputedStyle(element).display === 'inline' || element.matches(':disabled, [type="file"]')) continue;
      if (width < least - 0.5 || height < least - 0.5) small.push(`${element.tagName} “${element.getAttribute('aria-label') ?? element.innerText.slice(0, 30)}” ${Math.round(width)} × ${Math.round(height)}`);
    }
    return small;
  }, LEAST);
}
