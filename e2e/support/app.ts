import { expect, type Locator, type Page } from '@playwright/test';
import { renderScene, type PictureType } from '../../scripts/drawn-faces/render';
import type { Scene } from '../../scripts/drawn-faces/scenes';
import { file, type TestFile } from './pictures';
import { studioOf } from './studio';

/** A still of many faces takes seconds where two busy cores do everything. */
export const READING_MS = 60_000;

export type PlaceName = 'Read' | 'Live' | 'Library' | 'Lab';

/** Opens a place and waits for it: the old content stays until then, and buttons of the same name could be mixed up. */
export async function openPlace(page: Page, name: PlaceName): Promise<void> {
  const link = placeLink(page, name);
  await link.click();
  await expect(link).toHaveAttribute('aria-current', 'page');
}

export function placeLink(page: Page, name: PlaceName): Locator {
  return page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name, exact: true });
}

/** Opens the app at Read, its engine ready or still loading. */
export async function openPhoto(page: Page): Promise<void> {
  await page.goto('./');
  await openPlace(page, 'Read');
}

/** Opens the app with the engine ready. */
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

/** Removes all results, and the undo. */
export async function clearRead(page: Page): Promise<void> {
  await openPlace(page, 'Read');
  while ((await removal(page).count()) > 0) await removal(page).first().click();
  const dismiss = page.getByRole('button', { name: 'Dismiss' });
  while ((await dismiss.count()) > 0) await dismiss.first().click();
  await expect(page.getByRole('heading', { name: 'Read the expressions in a photo or a video' })).toBeVisible();
}

/** Reads a sample, which is offered only on an empty page: others are removed first. */
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

/** A drawn scene as a file, rendered in another page than the one under test. */
export async function pictureOf(page: Page, scene: Scene, name: string, type: PictureType = 'image/png'): Promise<TestFile> {
  return file(name, type, await renderScene(await studioOf(page), scene, type));
}

/** Items of all added photos or videos. */
export function allFiles(page: Page): Locator {
  return page.getByRole('listbox', { name: /^All (photos|videos)$/ }).getByRole('option');
}

/** Face cards of the displayed picture. */
export function faceCards(page: Page): Locator {
  return page.getByRole('list', { name: 'Faces', exact: true }).getByRole('listitem');
}

/** Faces in the camera's view. */
export function liveFaces(page: Page): Locator {
  return page.getByRole('list', { name: 'Faces in view' }).getByRole('listitem');
}

/** Expects the current backend in the settings, with answers within 0.01 of PyTorch's. */
export async function expectBackend(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  const inUse = page.getByText(/^In use:/);
  await expect(inUse).toContainText(`In use: ${name}`);
  expect(Number(/within ([\d.]+) of/.exec(await inUse.innerText())?.[1] ?? NaN)).toBeLessThanOrEqual(0.01);
  await page.keyboard.press('Escape');
}

/** Waits until the picture is fully read, with this many faces. */
export async function expectFaces(page: Page, count: number): Promise<void> {
  await expect(faceCards(page)).toHaveCount(count, { timeout: READING_MS });
  await expect(page.getByRole('status').filter({ hasText: / found$/ })).toBeVisible({ timeout: READING_MS });
  await expect(faceCards(page)).toHaveCount(count);
}
