import { EXPRESSIONS } from '../src/engine/labels';
import { EXPRESSION_STYLE, expressionName } from '../src/words/expression-style';
import { drawScene } from '../scripts/drawn-faces/scenes';
import { choosePictures, expectFaces, faceCards, pictureOf, READING_MS, trySample } from './support/app';
import { expect, test } from './support/test';

test('one face: seven values in fixed order that add up, a smile read as one, and seven coloured bars of matching lengths', async ({ readyPage: page }) => {
  await trySample(page, 'One face');
  await expectFaces(page, 1);
  const card = faceCards(page).first();
  const rows = card.getByRole('table').getByRole('row').filter({ has: page.getByRole('cell') });
  await expect(rows.getByRole('rowheader')).toHaveText(EXPRESSIONS.map(expressionName));
  const shares = (await rows.getByRole('cell').allInnerTexts()).map((text) => Number.parseFloat(text.replace(/[<>]/, '')) / 100);
  expect(shares).toHaveLength(7);
  const total = shares.reduce((a, b) => a + b, 0);
  expect(total).toBeGreaterThan(0.93);
  expect(total).toBeLessThan(1.07);
  expect(Math.max(...shares)).toBe(shares[EXPRESSIONS.indexOf('happy')]);

  const colors = EXPRESSIONS.map((expression) => EXPRESSION_STYLE[expression].light);
  /** Along the middle of each bar: the share of the chart's width in its colour, and any other opaque pixels. */
  const bars = () =>
    card.locator('canvas').evaluate((canvas: HTMLCanvasElement, wanted) => {
      const { width, height } = canvas;
      return wanted.map((color, row) => {
        const y = Math.floor(((row + 0.5) / wanted.length) * height);
        const line = canvas.getContext('2d')?.getImageData(0, y, width, 1).data ?? new Uint8ClampedArray();
        let own = 0;
        let other = 0;
        for (let at = 0; at < line.length; at += 4) {
          if ((line[at + 3] ?? 0) < 200) continue;
          if ([1, 3, 5].every((from, c) => Math.abs(parseInt(color.slice(from, from + 2), 16) - (line[at + c] ?? 0)) < 8)) own++;
          else other++;
        }
        return { own: own / width, other: other / width };
      });
    }, colors);
  // The chart is drawn after the numbers.
  await expect.poll(async () => (await bars()).filter(({ own }) => own > 0).length).toBe(7);
  const drawn = await bars();
  for (const [at, share] of shares.entries()) {
    expect(Math.abs((drawn[at]?.own ?? 0) - share)).toBeLessThan(0.04);
    expect(drawn[at]?.other).toBeLessThan(0.01);
  }
});

test('five faces: five cards', async ({ readyPage: page }) => {
  await trySample(page, 'Five faces');
  await expectFaces(page, 5);
});

test('a clearly visible face is shown before the search for small ones ends', async ({ readyPage: page }) => {
  const size = { width: 3000, height: 2000 };
  const faces = [{ x: 1000, y: 900, height: 900, expression: 'happy' as const, seed: 1 }, { x: 2500, y: 400, height: 90, expression: 'neutral' as const, seed: 2 }];
  await choosePictures(page, await pictureOf(page, drawScene(size, faces), 'near-and-far.jpg', 'image/jpeg'));
  await expect(page.getByText('1 face so far, looking for more…')).toBeVisible({ timeout: READING_MS });
  await expect(faceCards(page)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Download JSON' })).toBeDisabled();
  await expectFaces(page, 2);
  await expect(page.getByText('2 faces found')).toBeVisible();
});

test('loading shows its progress, continues from there, and causes no layout shift when it ends', async ({ page }) => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/weights.bin', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('./');
  const bar = page.getByRole('progressbar', { name: 'Getting ready' });
  // Everything except the weights has arrived: more than half.
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(50);
  expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(95);
  const button = page.getByRole('button', { name: 'Choose photos or videos' });
  const camera = page.getByRole('main').getByRole('button', { name: 'Use the camera' });
  const size = page.viewportSize();
  for (const [width, height] of [[320, 568], [667, 375]] as const) {
    await page.setViewportSize({ width, height });
    // Its lower border at most is covered.
    await expect.poll(async () => ((await camera.boundingBox())?.y ?? 0) + 40 - ((await bar.boundingBox())?.y ?? 0), `${width} pixels wide`).toBeLessThan(2);
  }
  if (size) await page.setViewportSize(size);
  const place = await button.boundingBox();
  release();
  await expect(page.getByText('Ready to read faces')).toBeAttached();
  await expect(bar).toBeHidden();
  expect(await button.boundingBox()).toEqual(place);
});
