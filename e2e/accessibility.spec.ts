import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { drawScene, oneFace } from '../scripts/drawn-faces/scenes';
import { MienError } from '../src/engine/errors';
import { wordError } from '../src/words/errors';
import {
  choosePictures,
  expectFaces,
  faceCards,
  liveFaces,
  openPhoto,
  openReady,
  openPlace,
  pictureOf,
  READING_MS,
  startCamera,
  trySample,
} from './support/app';
import { file } from './support/pictures';
import { record, recordingBar } from './support/sessions';

/** Opens the app anew, with weights that never come: what waits for them stands still. */
async function openUnready(page: Page): Promise<void> {
  await page.route('**/models/**/*.bin', () => undefined);
  await openPhoto(page);
  await expect(page.getByRole('progressbar', { name: 'Getting ready' })).toBeVisible({ timeout: READING_MS });
}

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
  'several photos, one of them unreadable, in a grid': async (page) => {
    const good = await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg');
    await choosePictures(page, [good, { ...good, name: 'next.jpg' }, file('notes.jpg', 'image/jpeg', Buffer.from('text'))]);
    await expect(page.getByText('2 of 3 read, 1 could not be read')).toBeVisible({ timeout: READING_MS });
    await expect(page.getByRole('listbox', { name: 'All photos' }).getByRole('option')).toHaveCount(3);
  },
  'the engine on its way': openUnready,
  'photos that wait to be read': async (page) => {
    const good = await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg');
    await openUnready(page);
    await choosePictures(page, [good, { ...good, name: 'next.jpg' }]);
    await expect(page.getByRole('region', { name: 'Photos', exact: true }).getByRole('button', { name: 'Cancel' })).toBeVisible();
  },
  'a face that is uncertain': async (page) => {
    const small = drawScene({ width: 640, height: 480 }, [{ x: 320, y: 225, height: 30, expression: 'neutral', seed: 1 }]);
    await choosePictures(page, await pictureOf(page, small, 'small.png'));
    await expectFaces(page, 1);
    await expect(faceCards(page).first().getByText('Uncertain', { exact: true })).toBeVisible();
  },
  'the hint where to drop': async (page) => {
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([''], 'a.jpg', { type: 'image/jpeg' }));
      document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await expect(page.getByText('Drop photos, videos or folders anywhere')).toBeVisible();
  },
  'the offer to undo': async (page) => {
    await trySample(page, 'One face');
    await expectFaces(page, 1);
    await page.getByRole('button', { name: 'Remove sample-one.webp' }).click();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  },
  'a model that does not load': async (page) => {
    await page.route('**/models/**/*.bin', (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'Not found' }));
    await openPhoto(page);
    await expect(page.getByRole('alert').getByText(wordError(new MienError('model', 'not-found')).title)).toBeVisible({ timeout: READING_MS });
  },
  'a camera that is blocked': async (page) => {
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('made by the test', 'NotAllowedError'));
    });
    await startCamera(page);
    await expect(page.getByRole('heading', { name: 'The camera is blocked' })).toBeVisible();
  },
  'the webcam before its start': async (page) => {
    await openPlace(page, 'Live');
    await expect(page.getByRole('button', { name: 'Start camera' })).toBeVisible();
  },
  'the running webcam': async (page) => {
    await startCamera(page);
    await expect(liveFaces(page)).toHaveCount(1);
  },
  'the choice of a snapshot': async (page) => {
    await startCamera(page);
    await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
    await page.getByRole('button', { name: 'Snapshot' }).click();
    await expect(page.getByRole('menu', { name: 'Snapshot' })).toBeVisible();
  },
  'a recording, and a marker’s note': async (page) => {
    await startCamera(page);
    await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
    await record(page, 1);
    await page.keyboard.press('n');
    await expect(recordingBar(page).getByPlaceholder('Optional')).toBeVisible();
  },
  'the settings': async (page) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  'the model’s card': async (page) => {
    await page.getByRole('button', { name: 'About this model' }).click();
    const card = page.getByRole('dialog');
    await expect(card.getByRole('heading', { name: 'On validation faces of the training data' })).toBeVisible();
    // What is folded is not there to axe.
    for (const summary of await card.locator('summary').all()) await summary.click();
    await expect(card.getByRole('group', { name: 'Confusion matrix' }).first()).toBeVisible();
    await expect(card.getByRole('img', { name: /\d+% confident, \d+% right of \d+/ })).toBeVisible();
    await expect(card.locator('section', { hasText: 'How it bears imperfect pictures' }).getByRole('term').nth(3)).toBeVisible();
    await expect(card.locator('section', { hasText: 'What it is not for' }).getByRole('listitem').first()).toBeVisible();
  },
  'the notes at the foot': async (page) => {
    for (const summary of await page.locator('footer summary').all()) await summary.click();
  },
};

async function expectAccessible(page: Page): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  expect(passes.length).toBeGreaterThan(10);
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`) }))).toEqual([]);
}

for (const [what, reach] of Object.entries(STATES)) {
  test(`${what} breaks no rule in either scheme, and fits 360 pixels`, async ({ page }) => {
    // Four analyses, each of the whole page.
    test.slow();
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await openReady(page);
    await reach(page);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page);

    await page.setViewportSize({ width: 360, height: 740 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow).toBe(0);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'light' });
    await expectAccessible(page);
  });
}
