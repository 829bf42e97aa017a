import { readFile } from 'node:fs/promises';
import { liveFaces, READING_MS, startCamera } from './support/app';
import { cameraLaunchOptions } from './support/browser';
import { paintedPixels } from './support/canvas';
import { expect, test, type Page } from './support/test';

test.use({ launchOptions: cameraLaunchOptions('aside') });

async function snapshot(page: Page, kind: 'Save with boxes' | 'Save picture only'): Promise<string> {
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Snapshot' }).click();
  await page.getByRole('menuitem', { name: kind }).click();
  const png = await readFile(await (await saving).path());
  return `data:image/png;base64,${png.toString('base64')}`;
}

/** Share of pixels that differ between two pictures, and their mean horizontal position, 0–1. */
function differences(page: Page, one: string, other: string): Promise<{ share: number; middle: number }> {
  return page.evaluate(async (urls) => {
    const pictures = await Promise.all(
      urls.map(async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
        const context = canvas.getContext('2d');
        context?.drawImage(image, 0, 0);
        return context?.getImageData(0, 0, canvas.width, canvas.height) ?? new ImageData(1, 1);
      }),
    );
    const [a, b] = pictures;
    if (!a || a.width !== b?.width || a.height !== b.height) throw new Error('pictures of two sizes');
    let count = 0;
    let sum = 0;
    for (let at = 0; at < a.data.length; at += 4) {
      if ([0, 1, 2].every((c) => Math.abs((a.data[at + c] ?? 0) - (b.data[at + c] ?? 0)) < 40)) continue;
      count++;
      sum += ((at / 4) % a.width) / a.width;
    }
    return { share: count / (a.width * a.height), middle: count === 0 ? NaN : sum / count };
  }, [one, other]);
}

/** Mean horizontal position of the boxes on the page, 0–1. */
function overlayMiddle(page: Page): Promise<number> {
  return page.getByTestId('overlay').evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
    let count = 0;
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] === 0) continue;
      count++;
      sum += ((at / 4) % width) / width;
    }
    return sum / count;
  });
}

test('mirroring affects the display, never saved files; boxes are saved only on request', async ({ page }) => {
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  const mirror = page.getByRole('button', { name: 'Mirror' });
  await expect(mirror).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => paintedPixels(page, 'overlay')).toBeGreaterThan(500);
  await expect.poll(() => overlayMiddle(page)).toBeGreaterThan(0.6);
  const plain = await snapshot(page, 'Save picture only');
  const boxes = await snapshot(page, 'Save with boxes');

  await mirror.click();
  await expect(mirror).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(() => overlayMiddle(page)).toBeLessThan(0.4);
  const plainAfter = await snapshot(page, 'Save picture only');
  const boxesAfter = await snapshot(page, 'Save with boxes');

  // The person keeps still, so that only a mirrored picture would differ.
  expect((await differences(page, plain, plainAfter)).share).toBeLessThan(0.005);
  for (const withBoxes of [boxes, boxesAfter]) {
    const { share, middle } = await differences(page, plain, withBoxes);
    expect(share).toBeGreaterThan(0.005);
    expect(middle).toBeLessThan(0.4);
  }
});
