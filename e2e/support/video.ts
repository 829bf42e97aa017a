import { expect, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { openPlace, READING_MS } from './app';
import type { Download } from './downloads';
import { expectDocumented } from './file-schemas';
import type { TestFile } from './pictures';

/** The part of an exported session that the tests use. */
export interface Session {
  readonly session: { readonly kind: string; readonly width: number; readonly height: number };
  readonly results: readonly {
    readonly frame: number;
    readonly timestamp: string;
    readonly faces: readonly { readonly track: number; readonly emotion: string; readonly box: readonly number[] }[];
  }[];
  readonly reading: { readonly source: Readonly<Record<string, unknown>> };
  readonly summary: { readonly total_frames: number; readonly faces_detected: number; readonly skipped_frames: number };
}

/** Opens the app and chooses videos. */
export async function openVideos(page: Page, files: string | string[] | TestFile | TestFile[]): Promise<void> {
  await page.goto('./');
  await openPlace(page, 'Read');
  await page.getByRole('button', { name: 'Choose photos or videos' }).waitFor();
  await chooseVideos(page, files);
}

export async function chooseVideos(page: Page, files: string | string[] | TestFile | TestFile[]): Promise<void> {
  await page.locator('input[type="file"][accept*="video"]').setInputFiles(files);
}

export async function chooseRate(page: Page, rate: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: /Frames to read/ }).click();
  await page.getByRole('option', { name: rate }).click();
}

/** Analyses the displayed clip to its end. */
export async function analyse(page: Page, rate: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Analyse', exact: true }).waitFor();
  await chooseRate(page, rate);
  await page.getByRole('button', { name: 'Analyse', exact: true }).click();
  await expect(ending(page)).toBeVisible({ timeout: READING_MS });
}

export const ending = (page: Page) => page.getByTestId('analysis-ending');
/** One item per person seen. */
export const people = (page: Page): Locator => page.getByRole('listbox', { name: 'People' }).getByRole('option');

export async function downloadResult(page: Page, name: string): Promise<Download> {
  const saving = page.waitForEvent('download', { timeout: READING_MS });
  await page.getByRole('button', { name, exact: true }).click();
  const saved = await saving;
  return { name: saved.suggestedFilename(), bytes: await readFile(await saved.path()) };
}

/** The exported result. */
export async function exported(page: Page): Promise<Session> {
  const session: unknown = JSON.parse((await downloadResult(page, 'Download JSON')).bytes.toString('utf8'));
  expectDocumented(session);
  return session as Session;
}
