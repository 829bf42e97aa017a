import { cutFace, drawScene, oneFace, type Scene } from '../scripts/drawn-faces/scenes';
import { allFiles, choosePictures, expectFaces, faceCards, openReady, pictureOf, placeLink, READING_MS, startOver, trySample } from './support/app';
import { download, downloadJson } from './support/downloads';
import { withOrientation } from './support/exif';
import { file, type TestFile } from './support/pictures';
import { expect, test, type Locator, type Page } from './support/test';

/** A person in the upper left of a portrait picture. */
const UPRIGHT = drawScene({ width: 480, height: 640 }, [{ x: 190, y: 230, height: 220, expression: 'happy', seed: 1 }]);

/** The scene as stored by a rotated camera: a quarter counterclockwise. */
function turned(scene: Scene): Scene {
  const { width, height } = scene.size;
  const inner = scene.svg.replace(/^<svg [^>]*>/, '').replace(/<\/svg>$/, '');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${height}" height="${width}"><g transform="matrix(0 -1 1 0 0 ${width})">${inner}</g></svg>`;
  return { size: { width: height, height: width }, faces: [], svg };
}

/** Mean difference between a picture of the page and another one, of 255, both scaled to 48×64; and its size. */
async function compare(page: Page, shown: string, expected: TestFile): Promise<{ difference: number; width: number; height: number }> {
  return page.evaluate(
    async ([url, wanted]) => {
      const load = async (src: string) => {
        const image = new Image();
        image.src = src;
        await image.decode();
        const canvas = new OffscreenCanvas(48, 64);
        const context = canvas.getContext('2d');
        if (!context) throw new Error('no 2D canvas');
        context.imageSmoothingQuality = 'high';
        context.drawImage(image, 0, 0, 48, 64);
        return { image, data: context.getImageData(0, 0, 48, 64).data };
      };
      const [a, b] = [await load(url), await load(wanted)];
      const difference = a.data.reduce((sum, value, i) => sum + Math.abs(value - (b.data[i] ?? 0)), 0) / a.data.length;
      return { difference, width: a.image.naturalWidth, height: a.image.naturalHeight };
    },
    [shown, dataUrl(expected)] as const,
  );
}

function dataUrl({ mimeType, buffer }: Pick<TestFile, 'mimeType' | 'buffer'>): string {
  return `data:${mimeType};base64,${buffer.toString('base64')}`;
}

interface OnePhoto {
  readonly width: number;
  readonly height: number;
  readonly face_location: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly faces: readonly { readonly head_pose: { readonly roll: number } }[];
}

async function expectUpright(page: Page, upright: TestFile): Promise<void> {
  await expectFaces(page, 1);
  const photo = (await downloadJson(page)) as OnePhoto;
  expect([photo.width, photo.height]).toEqual([480, 640]);
  const { x, y, width, height } = photo.face_location;
  expect(Math.abs(x + width / 2 - 190)).toBeLessThan(40);
  expect(Math.abs(y + height / 2 - 250)).toBeLessThan(50);
  expect(Math.abs(photo.faces[0]?.head_pose.roll ?? 90)).toBeLessThan(10);

  const shown = page.getByRole('img', { name: /^Photo: / });
  await expect(shown).toHaveAttribute('src', /^blob:/);
  const preview = await compare(page, (await shown.getAttribute('src')) ?? '', upright);
  expect(preview).toMatchObject({ width: 480, height: 640 });
  // A rotated picture differs by 40 and more.
  expect(preview.difference).toBeLessThan(6);

  const annotated = await download(page, 'annotated PNG');
  const drawn = await compare(page, dataUrl({ mimeType: 'image/png', buffer: annotated.bytes }), upright);
  expect(drawn).toMatchObject({ width: 480, height: 640 });
  expect(drawn.difference).toBeLessThan(12);
  expect(drawn.difference).toBeGreaterThan(preview.difference);
}

test('beyond the picture\'s edge a face’s crop repeats its border, as the classifier sees it', async ({ readyPage: page }) => {
  await choosePictures(page, await pictureOf(page, cutFace(), 'cut.png'));
  await expectFaces(page, 1);
  const white = await faceCards(page).first().locator('img').evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    // The outermost columns are outside the picture; only teeth are white there.
    const columns = context?.getImageData(0, 0, 5, canvas.height).data ?? [];
    return columns.filter((value, at) => at % 4 === 0 && value > 245).length / (columns.length / 4);
  });
  expect(white).toBeLessThan(0.3);
});

test('a JPEG with EXIF orientation is read, shown and saved upright; PNG and WebP without it stay as stored', async ({ readyPage: page }) => {
  const upright = await pictureOf(page, UPRIGHT, 'upright.png');
  const stored = await pictureOf(page, turned(UPRIGHT), 'turned.jpg', 'image/jpeg');
  for (const picture of [{ ...stored, buffer: withOrientation(stored.buffer, 6) }, upright, await pictureOf(page, UPRIGHT, 'upright.webp', 'image/webp')]) {
    await test.step(picture.name, async () => {
      await choosePictures(page, picture);
      await expectUpright(page, upright);
      await startOver(page);
    });
  }
});

test('with several photos progress counts only read ones, and arrow keys choose the shown one', async ({ readyPage: page }) => {
  const good = await pictureOf(page, oneFace(), 'good.jpg', 'image/jpeg');
  const words = await page.evaluateHandle(() => {
    const seen: string[] = [];
    new MutationObserver(() => {
      for (const status of document.querySelectorAll('section[aria-label="Photos"] [role="status"]')) {
        if (status.textContent && status.textContent !== seen.at(-1)) seen.push(status.textContent);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return seen;
  });
  await choosePictures(page, [file('notes.jpg', 'image/jpeg', Buffer.from('text')), good, { ...good, name: 'last.jpg' }]);
  await expect(page.getByText('2 of 3 read, 1 could not be read')).toBeVisible({ timeout: READING_MS });
  const seen = await words.jsonValue();
  expect(seen[0]).toBe('0 of 3 read');
  for (const text of seen) expect(Number.parseInt(text, 10)).toBeLessThanOrEqual(2);
  expect(seen).toContain('0 of 3 read, 1 could not be read');

  // The arrow keys move between them.
  await allFiles(page).filter({ hasText: /good/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'last.jpg' })).toBeVisible();
});

test('a key shows one photo after another, also in full screen', async ({ readyPage: page }) => {
  const good = await pictureOf(page, oneFace(), 'a.jpg', 'image/jpeg');
  await choosePictures(page, ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => ({ ...good, name })));
  await expect(page.getByText('3 of 3 read')).toBeVisible({ timeout: READING_MS });
  const next = page.getByRole('button', { name: 'Next photo' });
  await next.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'b.jpg' })).toBeVisible();
  await expect(next).toBeFocused();
  // Left is onwards where lines run from right to left.
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('article', { name: 'c.jpg' })).toBeVisible();
  await page.evaluate(() => (document.documentElement.dir = 'ltr'));
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('article', { name: 'b.jpg' })).toBeVisible();

  await page.getByRole('button', { name: 'Show the picture on the full screen' }).click();
  const leave = page.getByRole('button', { name: 'Leave full screen' });
  await expect(leave).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  const whole = page.getByRole('article', { name: 'a.jpg' });
  await expect(whole).toBeFocused();
  await expect(whole.getByRole('button', { name: 'Remove a.jpg' })).toBeHidden();
  await leave.click();
  await expect(whole.getByRole('button', { name: 'Remove a.jpg' })).toBeVisible();
  await expect(whole).toBeFocused();
});

test('the full screen can be left, and shows the current state where there is no picture', async ({ readyPage: page }) => {
  const good = await pictureOf(page, oneFace(), 'a.jpg', 'image/jpeg');
  await choosePictures(page, [good, { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a picture') }]);
  await expect(page.getByText('1 could not be read')).toBeVisible({ timeout: READING_MS });
  await page.getByRole('button', { name: 'Show the picture on the full screen' }).click();
  const leave = page.getByRole('button', { name: 'Leave full screen' });
  await expect(leave).toBeVisible();
  await page.getByRole('button', { name: 'Next photo' }).click();
  await expect(page.getByRole('article', { name: 'broken.jpg' }).getByRole('alert')).toBeVisible();
  await leave.click();
  await expect(leave).toBeHidden();
  expect(await page.evaluate(() => document.fullscreenElement)).toBeNull();
});

test('the keyboard alone: sample, boxes, cards, removal, undo, downloads', async ({ page }) => {
  await openReady(page);
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  // Out of sight, including its shadow.
  expect((await skip.boundingBox())?.y).toBeLessThan(-20);
  await expect(skip).toHaveCSS('box-shadow', 'none');

  const focused = page.locator(':focus');
  const tabTo = async (name: RegExp) => {
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab');
      const label = await focused.evaluate((element) => element.getAttribute('aria-label') ?? element.textContent);
      if (name.test(label)) return;
    }
    throw new Error(`Tab never reaches ${String(name)}`);
  };
  await tabTo(/^Try a sample: Five faces/);
  await page.keyboard.press('Enter');
  await expectFaces(page, 5);

  // The sample's button is gone; its focus moved to the start of the photos, not of the page.
  await tabTo(/^Add files/);
  await tabTo(/^Download JSON/);
  const saving = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await saving).suggestedFilename()).toBe('sample-five.json');
  await tabTo(/^Download CSV/);
  await tabTo(/^Download annotated PNG/);

  await tabTo(/^Face 1: .*Go to its card/);
  await expect(faceCards(page).nth(0)).toHaveAttribute('data-active', 'true');
  await tabTo(/^Face 3: .*Go to its card/);
  await expect(faceCards(page).nth(0)).not.toHaveAttribute('data-active');
  await expect(faceCards(page).nth(2)).toHaveAttribute('data-active', 'true');
  await page.keyboard.press('Enter');
  await expect(focused).toHaveAccessibleName('Face 3, show it in the picture');
  const box = page.getByRole('button', { name: /^Face 3: .*Go to its card/ });
  await expect(box).toHaveAttribute('data-active', 'true');
  await page.keyboard.press('Enter');
  await expect(box).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(/^Face 4, show it/);
  await expect(page.getByRole('button', { name: /^Face 4: .*Go to its card/ })).toHaveAttribute('data-active', 'true');

  await page.getByRole('button', { name: 'Remove sample-five.webp' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expectFaces(page, 5);
  await tabTo(/^Add files/);
});

test('an enlarged picture fills its view, and the buttons below stay in place from the second step on', async ({ readyPage: page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await trySample(page, 'Five faces');
  await expectFaces(page, 5);
  const larger = page.getByRole('button', { name: 'Make the picture larger' });
  const picture = page.getByRole('img', { name: /^Photo: / });
  const heights = () => picture.evaluate((image) => [image.clientHeight, image.closest('figure')?.firstElementChild?.clientHeight ?? 0] as const);
  await larger.click();
  const [own, view] = await heights();
  expect(view).toBeLessThanOrEqual(own + 1);
  await larger.click();
  expect((await heights())[1]).toBe(view);
  await page.setViewportSize({ width: 1280, height: 800 });
});

test('labels in larger text avoid one another and stay within the picture', async ({ readyPage: page }) => {
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await trySample(page, 'Five faces');
  await expectFaces(page, 5);
  const labels = page.locator('figure [aria-hidden="true"]:has(> b)');
  await expect(labels).toHaveCount(5);
  const boxes = await labels.evaluateAll((all) => all.map((label) => label.getBoundingClientRect()));
  const picture = await page.getByRole('img', { name: /^Photo: / }).evaluate((image) => image.getBoundingClientRect());
  boxes.forEach((a, i) => {
    expect(a.right).toBeLessThanOrEqual(picture.right + 2);
    for (const b of boxes.slice(i + 1)) expect(Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2).toBe(false);
  });
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
});

test('hovering over a box marks its card, and over a card its box', async ({ readyPage: page }) => {
  await trySample(page, 'Five faces');
  await expectFaces(page, 5);
  const boxes = page.getByRole('button', { name: /^Face \d: .*Go to its card/ });
  const marked = async () => {
    const of = (list: Locator) => list.evaluateAll((all) => all.map((one) => one.hasAttribute('data-active')));
    return { boxes: await of(boxes), cards: await of(faceCards(page)) };
  };
  const only = (index: number) => [0, 1, 2, 3, 4].map((at) => at === index);
  const shadow = await boxes.nth(3).evaluate((box) => getComputedStyle(box).boxShadow);

  await boxes.nth(1).hover();
  await expect.poll(marked).toEqual({ boxes: only(1), cards: only(1) });
  await faceCards(page).nth(3).hover();
  await expect.poll(marked).toEqual({ boxes: only(3), cards: only(3) });
  await expect(boxes.nth(3)).not.toHaveCSS('box-shadow', shadow);
  await placeLink(page, 'Read').hover();
  await expect.poll(marked).toEqual({ boxes: only(-1), cards: only(-1) });
});

test('a small picture fills a large screen', async ({ page }) => {
  await page.setViewportSize({ width: 2560, height: 1440 });
  await openReady(page);
  await trySample(page, 'One face');
  await expectFaces(page, 1);
  await expect.poll(async () => (await page.getByRole('article').getByRole('img').first().boundingBox())?.height).toBeGreaterThan(1100);
});
