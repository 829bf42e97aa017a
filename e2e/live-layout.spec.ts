import { fiveFaces, noFace, oneFace } from '../scripts/drawn-faces/scenes';
import { liveFaces, pictureOf, READING_MS, startCamera } from './support/app';
import { expect, test, type Page } from './support/test';

const SIZES = [
  { width: 320, height: 568 },
  { width: 568, height: 320 },
  { width: 360, height: 640 },
  { width: 640, height: 360 },
  { width: 390, height: 844 },
  { width: 667, height: 375 },
  { width: 820, height: 1180 },
  { width: 1280, height: 800 },
  { width: 2560, height: 1440 },
];

declare global {
  interface Window {
    cameraPicture: string;
  }
}

const asUrl = ({ buffer, mimeType }: { readonly buffer: Buffer; readonly mimeType: string }) => `data:${mimeType};base64,${buffer.toString('base64')}`;

/** Parts among picture, faces and curve that are missing or not fully in view, at the page's top and above the bars at its bottom. */
const outOfView = (page: Page, faces: number, part = '[data-testid="face-card"]') =>
  page.evaluate(([card, expected]) => {
    window.scrollTo(0, 0);
    const bars = [...document.querySelectorAll('[role="group"][aria-label="Camera controls"], nav')].filter((bar) => getComputedStyle(bar).position === 'fixed');
    const floor = Math.min(innerHeight, ...bars.map((bar) => bar.getBoundingClientRect().top));
    const parts = [...document.querySelectorAll(`[aria-label="Picture of the camera"], ${card}, [data-testid="timeline"]`)];
    const wrong = parts.flatMap((part) => {
      const { top, bottom, width } = part.getBoundingClientRect();
      const name = part.getAttribute('aria-label') ?? part.getAttribute('data-testid') ?? '';
      return top < 0 || bottom > floor + 0.5 || width === 0 || bottom === top ? [`${name}: ${Math.round(top)} to ${Math.round(bottom)} of ${Math.round(floor)}`] : [];
    });
    return parts.length === expected ? wrong : [`${parts.length} parts of ${expected}`, ...wrong];
  }, [part, faces + 2] as const);

test('picture, faces and curve are in one view, for no person, one and five', async ({ page }) => {
  const nobody = asUrl(await pictureOf(page, noFace(), 'nobody.png'));
  const one = asUrl(await pictureOf(page, oneFace(), 'one.png'));
  const five = asUrl(await pictureOf(page, fiveFaces(), 'five.png'));
  await page.addInitScript((first) => {
    window.cameraPicture = first;
    navigator.mediaDevices.getUserMedia = () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
      const context = canvas.getContext('2d');
      const image = new Image();
      setInterval(() => {
        if (image.src !== window.cameraPicture) image.src = window.cameraPicture;
        const scale = Math.max(1280 / image.naturalWidth, 720 / image.naturalHeight);
        if (image.complete) context?.drawImage(image, 0, 0, image.naturalWidth * scale, image.naturalHeight * scale);
      }, 100);
      return Promise.resolve(canvas.captureStream());
    };
  }, nobody);
  await page.goto('./');
  await startCamera(page);
  for (const [picture, faces] of [[nobody, 0], [one, 1], [five, 5]] as const) {
    await page.evaluate((next) => void (window.cameraPicture = next), picture);
    await expect(liveFaces(page)).toHaveCount(faces, { timeout: READING_MS });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await expect.poll(() => outOfView(page, faces), `${faces} at ${size.width}×${size.height}`).toEqual([]);
      // The curve has a text alternative, and a legend.
      await expect(page.getByRole('paragraph').filter({ hasText: faces === 0 ? 'Nothing has been read yet.' : /^Share of the time/ })).toHaveCount(1);
      await expect(page.getByRole('list', { name: 'Colours' })).toBeVisible();
      // The last elements in Tab order are last on the page.
      const inOrder = page.getByTestId('face-card').or(page.getByRole('button', { name: /^Set (my neutral|neutral of)/ }));
      await expect(inOrder).toHaveCount(faces + 1);
      const tops = await inOrder.evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top));
      expect(tops.at(-1)).toBe(Math.max(...tops));
    }
  }

  // The same during a recording.
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(page.getByRole('timer')).toBeVisible();
  for (const size of [{ width: 360, height: 640 }, { width: 568, height: 320 }, { width: 820, height: 1180 }, { width: 1280, height: 800 }]) {
    await page.setViewportSize(size);
    await expect.poll(() => outOfView(page, 5), `recording at ${size.width}×${size.height}`).toEqual([]);
  }
  // If there is too little room for all, the cards scroll.
  for (const size of [{ width: 320, height: 568 }, { width: 667, height: 375 }, { width: 740, height: 360 }]) {
    await page.setViewportSize(size);
    await expect.poll(() => outOfView(page, 1, 'section:has(> [aria-label="Faces in view"])'), `recording at ${size.width}×${size.height}`).toEqual([]);
  }
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  // The controls are one row.
  for (const size of [{ width: 1280, height: 800 }, { width: 1440, height: 900 }, { width: 1920, height: 1080 }]) {
    await page.setViewportSize(size);
    await expect.poll(async () => (await page.getByRole('group', { name: 'Camera controls' }).boundingBox())?.height).toBeLessThan(80);
  }

  // On a phone, each of several faces is a finger-sized target as a whole; the tapped one opens.
  await page.setViewportSize({ width: 390, height: 844 });
  const other = liveFaces(page).filter({ has: page.getByRole('button', { name: /^Timeline of/, pressed: false }) }).first();
  const name = await other.getByRole('button').getAttribute('aria-label');
  await other.click();
  await expect(page.getByRole('button', { name: name ?? '', pressed: true })).toBeVisible();
  await page.getByRole('button', { name: name?.replace('Timeline of', 'Show the bars of') ?? '' }).click();
  await expect(liveFaces(page).getByText(/^Disgust/)).toBeVisible();

  // Forced colours apply to everything except the expressions' colours.
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(page.locator('body')).toHaveCSS('forced-color-adjust', 'auto');
  await expect(liveFaces(page).locator('[style*="--expression-"]').first()).toHaveCSS('forced-color-adjust', 'none');
});
