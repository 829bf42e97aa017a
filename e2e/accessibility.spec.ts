import { drawScene, oneFace } from '../scripts/drawn-faces/scenes';
import { MienError } from '../src/engine/errors';
import { wordError } from '../src/words/errors';
import { expectAccessibleInBothSchemes } from './support/accessible';
import { choosePictures, expectFaces, faceCards, liveFaces, openPhoto, openReady, openPlace, pictureOf, READING_MS, startCamera } from './support/app';
import { file } from './support/pictures';
import { record, recordingBar } from './support/sessions';
import { expect, test, type Page } from './support/test';

type States = Readonly<Record<string, (page: Page) => Promise<void>>>;

const NOTES = file('notes.jpg', 'image/jpeg', Buffer.from('text'));

/** States visited on one page, each reached from the previous one. */
const PHOTO: States = {
  'the empty photo tab, the notes at its foot unfolded': async (page) => {
    await expect(page.getByRole('button', { name: /choose/i }).first()).toBeVisible();
    for (const summary of await page.locator('footer summary').all()) await summary.click();
  },
  'the settings': async (page) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  'the model’s card': async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'About this model' }).click();
    const card = page.getByRole('dialog');
    await expect(card.getByRole('heading', { name: 'On validation faces of the training data' })).toBeVisible();
    // axe does not see folded content.
    for (const summary of await card.locator('summary').all()) await summary.click();
    await expect(card.getByRole('group', { name: 'Confusion matrix' }).first()).toBeVisible();
    await expect(card.getByRole('img', { name: /\d+% confident: accuracy \d+% on \d+/ })).toBeVisible();
    await expect(card.locator('section', { hasText: 'How it copes with imperfect pictures' }).getByRole('term').nth(3)).toBeVisible();
    await expect(card.locator('section', { hasText: 'What it is not for' }).getByRole('listitem').first()).toBeVisible();
  },
  'several photos in a grid, of which one that is no picture is shown': async (page) => {
    await page.keyboard.press('Escape');
    const good = await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg');
    await choosePictures(page, [good, { ...good, name: 'next.jpg' }, NOTES]);
    await expect(page.getByText('2 of 3 read, 1 could not be read')).toBeVisible({ timeout: READING_MS });
    const options = page.getByRole('listbox', { name: 'All photos' }).getByRole('option');
    await expect(options).toHaveCount(3);
    await options.filter({ hasText: 'notes.jpg' }).click();
    await expect(page.getByRole('alert').getByText('This is not a picture')).toBeVisible();
  },
  'the offer to undo': async (page) => {
    await page.getByRole('button', { name: 'Remove all' }).click();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  },
  'a photo with two faces, of which one is uncertain': async (page) => {
    const near = { x: 220, y: 225, height: 180, expression: 'happy', seed: 1 } as const;
    const scene = drawScene({ width: 640, height: 480 }, [near, { x: 500, y: 225, height: 30, expression: 'neutral', seed: 1 }]);
    await choosePictures(page, await pictureOf(page, scene, 'two.png'));
    await expectFaces(page, 2);
    await expect(faceCards(page).getByText('Uncertain', { exact: true })).toHaveCount(1);
  },
  'the hint where to drop': async (page) => {
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([''], 'a.jpg', { type: 'image/jpeg' }));
      document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await expect(page.getByText('Drop photos, videos or folders anywhere')).toBeVisible();
  },
};

/** States of the camera tab. For the paused one, see webcam-many.spec.ts. */
const CAMERA: States = {
  'the webcam before its start': async (page) => {
    await openPlace(page, 'Live');
    await expect(page.getByRole('button', { name: 'Start camera' })).toBeVisible();
  },
  'a camera that is blocked': async (page) => {
    await page.evaluate(() => {
      const { mediaDevices } = navigator;
      const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = () => {
        mediaDevices.getUserMedia = getUserMedia;
        return Promise.reject(new DOMException('made by the test', 'NotAllowedError'));
      };
    });
    await startCamera(page);
    await expect(page.getByRole('heading', { name: 'The camera is blocked' })).toBeVisible();
  },
  'the running webcam, its figures and its keys': async (page) => {
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
    await page.getByRole('button', { name: 'Performance' }).click();
    await page.getByRole('button', { name: 'Shortcuts' }).click();
  },
  'the choice of a snapshot': async (page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Snapshot' }).click();
    await expect(page.getByRole('menu', { name: 'Snapshot' })).toBeVisible();
  },
  'a recording, and a marker’s note': async (page) => {
    await page.keyboard.press('Escape');
    await record(page, 1);
    await page.keyboard.press('n');
    await expect(recordingBar(page).getByPlaceholder('Optional')).toBeVisible();
  },
};

const UNREADY: States = {
  'the engine on its way': async (page) => {
    await page.route('**/models/**/*.bin', () => undefined);
    await openPhoto(page);
    await expect(page.getByRole('progressbar', { name: 'Getting ready' })).toBeVisible({ timeout: READING_MS });
  },
  'photos that wait to be read': async (page) => {
    const good = await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg');
    await choosePictures(page, [good, { ...good, name: 'next.jpg' }]);
    await expect(page.getByRole('region', { name: 'Photos', exact: true }).getByRole('button', { name: 'Cancel' })).toBeVisible();
  },
  'a model that does not load': async (page) => {
    await page.unrouteAll();
    await page.route('**/models/**/*.bin', (route) => route.fulfill({ status: 404, contentType: 'text/html', body: 'Not found' }));
    await openPhoto(page);
    await page.reload();
    await expect(page.getByRole('alert').getByText(wordError(new MienError('model', 'not-found')).title)).toBeVisible({ timeout: READING_MS });
  },
};

for (const [what, states] of Object.entries({ photos: PHOTO, 'the camera': CAMERA, 'what is not ready': UNREADY })) {
  test(`every state of ${what} meets the rules in both schemes, and fits 360 pixels`, async ({ page }) => {
    if (states !== UNREADY) await openReady(page);
    for (const [state, reach] of Object.entries(states)) {
      await test.step(state, async () => {
        await reach(page);
        await expectAccessibleInBothSchemes(page);
      });
    }
  });
}
