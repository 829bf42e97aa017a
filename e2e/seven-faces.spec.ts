import { expect, test, type Page } from '@playwright/test';
import { liveFaces, READING_MS, startCamera } from './support/app';
import { expectAccessible } from './support/accessible';

async function startGame(page: Page): Promise<void> {
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  await page.getByRole('button', { name: 'Start the game' }).click();
}

/** Those of picture and game, and of the other parts, that are not fully in view. */
const outOfView = (page: Page, others = '') =>
  page.locator(`video, [data-game], [data-game] button${others}`).evaluateAll((parts) =>
    parts.flatMap((part) => {
      const { top, bottom, left, right } = part.getBoundingClientRect();
      return top < 0 || bottom > innerHeight || left < 0 || right > innerWidth ? [`${part.tagName} ${part.textContent}: ${Math.round(top)} to ${Math.round(bottom)} of ${innerHeight}`] : [];
    }),
  );

test('the game asks for seven faces and ends in a card: saved with and without pictures, and its resting face as neutral', async ({ page }) => {
  test.slow();
  // First, a small phone in landscape.
  await page.setViewportSize({ width: 568, height: 320 });
  await startGame(page);
  const bar = page.getByRole('region', { name: 'Make these seven faces' });
  await expect(bar.getByRole('heading', { name: 'Neutral 1 of 7' })).toBeVisible();
  await expect(bar.getByRole('timer')).toHaveText(/[1-4]/);
  await expect.poll(() => outOfView(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });
  // The first round runs on its own, so that the resting face is known; the keyboard skips the others.
  await expect(bar.getByRole('heading', { name: 'Happy 2 of 7' })).toBeVisible({ timeout: READING_MS });
  await expect(bar.getByText(/^Best [1-9]/)).toBeVisible();
  await expectAccessible(page);
  await expect(bar.getByRole('button', { name: 'Skip' })).toBeFocused();
  for (let i = 0; i < 6; i++) await page.keyboard.press('Enter');

  const dialog = page.getByRole('dialog', { name: 'Your seven faces' });
  const card = dialog.getByRole('img', { name: /^Neutral: Mien read [<>]?\d+% neutral/ });
  await expect(card).toBeVisible();
  await expectAccessible(page);
  const drawn = () => card.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL().length);
  const withPictures = await drawn();
  await dialog.getByText('Without pictures').click();
  await expect.poll(drawn).toBeLessThan(withPictures);
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save picture' }).click();
  expect((await saving).suggestedFilename()).toMatch(/^mien-seven-faces-.*\.png$/);
  await dialog.getByRole('button', { name: 'Set my neutral' }).click();
  await expect(dialog.getByText('Live shows you relative to your neutral face now.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(liveFaces(page).getByText(/^relative to /)).toBeVisible();
  await page.getByRole('button', { name: 'Show the card' }).click();
  await expect(card).toBeVisible();
});

test('the game waits while the camera is paused, and Escape ends it', async ({ page }) => {
  test.slow();
  await startGame(page);
  const bar = page.getByRole('region', { name: 'Make these seven faces' });
  await expect(bar.getByText(/^Now \d+%$/)).toBeVisible({ timeout: READING_MS });
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(bar.getByText('The game waits for the camera.')).toBeVisible();
  for (const size of [{ width: 820, height: 1180 }, { width: 1024, height: 768 }, { width: 1280, height: 720 }, { width: 1280, height: 800 }]) {
    await page.setViewportSize(size);
    await expect.poll(() => outOfView(page, ', [data-testid="face-card"], [data-testid="timeline"]'), `with strip and curve at ${size.width}×${size.height}`).toEqual([]);
  }
  await page.mouse.move(0, 0);
  // The first press may only hide a button's tip.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Your seven faces' })).toBeVisible({ timeout: 3000 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Show the card' })).toBeVisible();
});
