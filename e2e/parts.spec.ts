import { expectFaces, openPhoto, openReady, openPlace, trySample } from './support/app';
import { expect, test } from './support/test';

const PART_FAULTS = {
  'is missing': { title: 'This part of the page could not be loaded', fault: { status: 404, contentType: 'text/html', body: 'Not found' } },
  'breaks when it is shown': {
    title: 'Something went wrong in this part of the page',
    fault: { contentType: 'text/javascript', body: 'export default () => { if (globalThis.mended) return "Mended"; throw new Error("broken"); }' },
  },
};

for (const [what, { title, fault }] of Object.entries(PART_FAULTS)) {
  test(`a tab whose script ${what}: a message in its place, and the photos stay`, async ({ page }) => {
    // Its stylesheet fails too, as in a network failure.
    await page.route('**/assets/WebcamTab-*.css', (route) => route.abort());
    await page.route('**/assets/WebcamTab-*.js*', (route) => route.fulfill(fault));
    await openReady(page);
    await trySample(page, 'One face');
    await expectFaces(page, 1);
    await openPlace(page, 'Live');
    const message = page.getByRole('region', { name: 'Live', exact: true }).getByRole('alert');
    await expect(message).toContainText('This part of the page could not be loaded');
    await page.unroute('**/assets/WebcamTab-*.css');
    await message.getByRole('button', { name: 'Try again' }).click();
    await expect(message).toContainText(title);
    await openPlace(page, 'Read');
    await expectFaces(page, 1);

    await page.unroute('**/assets/WebcamTab-*.js*');
    await page.evaluate(() => Object.assign(globalThis, { mended: true }));
    await openPlace(page, 'Live');
    await expect(page.getByRole('button', { name: 'Start camera' }).or(page.getByText('Mended'))).toBeVisible();
    expect(await page.evaluate(() => Array.from(document.styleSheets, ({ href }) => href).filter((href) => href?.includes('/WebcamTab-')))).toHaveLength(1);
  });
}

test('a dialog whose script is missing: a message in the page, and a retry opens it', async ({ page }) => {
  await page.route('**/assets/AboutDialog-*.js*', (route) => route.fulfill({ status: 404 }));
  await openPhoto(page);
  const open = page.getByRole('button', { name: 'About this model' });
  const message = page.getByRole('alert').filter({ hasText: 'This part of the page could not be loaded' });
  await open.click();
  await message.getByRole('button', { name: 'Close' }).click();
  await expect(message).toBeHidden();
  await expect(page.locator('#main')).toBeFocused();
  await open.click();
  await expect(message).toBeVisible();
  await page.unroute('**/assets/AboutDialog-*.js*');
  await message.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('dialog')).toContainText('or that the face is too small, turned away');
  await expect(message).toBeHidden();
});

test('a tab whose script fails to load in the background is refetched when it is opened', async ({ page }) => {
  let fail: () => void = () => undefined;
  const failing = new Promise<void>((resolve) => (fail = resolve));
  const url = '**/assets/WebcamTab-*.js*';
  await page.route(url, async (route) => {
    await failing;
    await route.abort();
  });
  await openPhoto(page);
  await openPlace(page, 'Live');
  await openPlace(page, 'Read');
  const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/assets/WebcamTab-'));
  fail();
  await failed;
  await page.unroute(url);
  const alerts = await page.evaluateHandle(() => {
    const seen: string[] = [];
    new MutationObserver(() => {
      for (const alert of document.querySelectorAll('[role="alert"]')) if (alert.checkVisibility()) seen.push(alert.textContent);
    }).observe(document.body, { subtree: true, childList: true });
    return seen;
  });
  await openPlace(page, 'Live');
  await expect(page.getByRole('button', { name: 'Start camera' })).toBeVisible();
  expect(await alerts.jsonValue()).toEqual([]);
});

test('the notice of interrupted recordings takes nothing else away if it breaks', async ({ page }) => {
  const body = 'export default () => { throw new Error("broken"); }';
  await page.route('**/assets/RecoveryNotice-*.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
  await openReady(page);
  await expect(page.getByRole('alert')).toContainText('Something went wrong in this part of the page');
  await trySample(page, 'One face');
  await expectFaces(page, 1);
});
