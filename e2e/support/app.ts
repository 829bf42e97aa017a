import { expect, type Locator, type Page } from '@playwright/test';
import { renderScene, type PictureType } from '../../scripts/drawn-faces/render';
import type { Scene } from '../../scripts/drawn-faces/scenes';
import { file, type TestFile } from './pictures';

/** The app with the photo tab in front. */
export async function openPhoto(page: Page): Promise<void> {
  await page.goto('./');
  await page.getByRole('tab', { name: 'Photo' }).click();
}

export async function choosePictures(page: Page, files: TestFile | TestFile[]): Promise<void> {
  const input = page.locator('input[type="file"]:not([webkitdirectory])').first();
  await input.setInputFiles(files);
}

/** A drawn scene as a file, rendered in a page of its own so that the page under test is left alone. */
export async function pictureOf(page: Page, scene: Scene, name: string, type: PictureType = 'image/png'): Promise<TestFile> {
  const studio = await page.context().newPage();
  try {
    return file(name, type, await renderScene(studio, scene, type));
  } finally {
    await studio.close();
  }
}

/** One per face of the picture that is shown. */
export function faceCards(page: Page): Locator {
  return page.getByRole('list', { name: 'Faces' }).getByRole('listitem');
}

export async function expectFaces(page: Page, count: number): Promise<void> {
  await expect(faceCards(page)).toHaveCount(count, { timeout: 60_000 });
}
