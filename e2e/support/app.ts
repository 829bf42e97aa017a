import { expect, type Locator, type Page } from '@playwright/test';
import { renderScene, type PictureType } from '../../scripts/drawn-faces/render';
import type { Scene } from '../../scripts/drawn-faces/scenes';
import { file, type TestFile } from './pictures';
import { studioOf } from './studio';

/** A still of many faces takes seconds where two busy cores do everything. */
export const READING_MS = 60_000;

export type PlaceName = 'Read' | 'Live' | 'Library' | 'Lab';

/** What the place that is left shows stays until what comes is ready: buttons of the same name would be mixed up. */
export async function openPlace(page: Page, name: PlaceName): Promise<void> {
  const link = placeLink(page, name);
  await link.click();
  await expect(link).toHaveAttribute('aria-current', 'page');
}

export function placeLink(page: Page, name: PlaceName): Locator {
  return page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name, exact: true });
}

/** The app at the place where files are read, its engine ready or still on the way. */
export async function openPhoto(page: Page): Promise<void> {
  await page.goto('./');
  await openPlace(page, 'Read');
}

/** The app with the engine ready. */
export async function openReady(page: Page): Promise<void> {
  await openPhoto(page);
  await expect(page.getByTestId('engine-status')).toHaveAttribute('data-status', 'ready', { timeout: READING_MS });
}

export async function choosePictures(page: Page, files: TestFile | TestFile[]): Promise<void> {
  const input = page.locator('input[type="file"]:not([webkitdirectory])').first();
  await input.setInputFiles(files);
}

function removal(page: Page): Locator {
  return page.getByRole('button', { name: /^(Start over|Remove all)$/ });
}

/** Removes all photos or videos. */
export async function startOver(page: Page): Promise<void> {
  await removal(page).click();
  await expect(removal(page)).toBeHidden();
}

/** Takes away whatever was read, and the offer to bring it back. */
export async function clearRead(page: Page): Promise<void> {
  await openPlace(page, 'Read');
  while ((await removal(page).count()) > 0) await removal(page).first().click();
  const dismiss = page.getByRole('button', { name: 'Dismiss' });
  while ((await dismiss.count()) > 0) await dismiss.first().click();
  await expect(page.getByRole('heading', { name: 'Read the expressions in a photo or a video' })).toBeVisible();
}

/** Reads a sample, which is offered only where there is no photo yet: others are removed first. */
export async function trySample(page: Page, name: 'One face' | 'Five faces'): Promise<void> {
  await openPlace(page, 'Read');
  const sample = page.getByRole('button', { name: `Try a sample: ${name}`, exact: false });
  await sample.or(removal(page)).waitFor();
  if (await removal(page).isVisible()) await startOver(page);
  await sample.click();
}

export async function startCamera(page: Page): Promise<void> {
  await openPlace(page, 'Live');
  await page.getByRole('button', { name: 'Start camera' }).click();
}

/** A drawn scene as a file, rendered beside the page under test. */
export async function pictureOf(page: Page, scene: Scene, name: string, type: PictureType = 'image/png'): Promise<TestFile> {
  return file(name, type, await renderScene(await studioOf(page), scene, type));
}

/** One per photo or video that was added. */
export function allFiles(page: Page): Locator {
  return page.getByRole('listbox', { name: /^All (photos|videos)$/ }).getByRole('option');
}

/** One per face of the picture that is shown. */
export function faceCards(page: Page): Locator {
  return page.getByRole('list', { name: 'Faces', exact: true }).getByRole('listitem');
}

/** One per face that the camera shows. */
export function liveFaces(page: Page): Locator {
  return page.getByRole('list', { name: 'Faces in view' }).getByRole('listitem');
}

/** What computes now by the settings, which reproduces PyTorch's answers within 0.01. */
export async function expectBackend(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  const inUse = page.getByText(/^In use:/);
  await expect(inUse).toContainText(`In use: ${name}`);
  expect(Number(/within ([\d.]+) of/.exec(await inUse.innerText())?.[1] ?? NaN)).toBeLessThanOrEqual(0.01);
  await page.keyboard.press('Escape');
}

/** Of a picture that is read to its end. */
export async function expectFaces(page: Page, count: number): Promise<void> {
  await expect(faceCards(page)).toHaveCount(count, { timeout: READING_MS });
  await expect(page.getByRole('status').filter({ hasText: / found$/ })).toBeVisible({ timeout: READING_MS });
  await expect(faceCards(page)).toHaveCount(count);
}
