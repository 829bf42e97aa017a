import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expectDocumented } from './file-schemas';

export interface Download {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Presses a download button of the photo tab and returns the download; JSON is checked against its schema. */
export async function download(page: Page, kind: 'JSON' | 'CSV' | 'annotated PNG'): Promise<Download> {
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: `Download ${kind}` }).click();
  const saved = await saving;
  const bytes = await readFile(await saved.path());
  if (kind === 'JSON') expectDocumented(JSON.parse(bytes.toString('utf8')));
  return { name: saved.suggestedFilename(), bytes };
}

export async function downloadJson(page: Page): Promise<unknown> {
  return JSON.parse((await download(page, 'JSON')).bytes.toString('utf8')) as unknown;
}
