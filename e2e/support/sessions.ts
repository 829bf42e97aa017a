import { expect, type Locator, type Page } from '@playwright/test';
import type { SessionRecord } from '../../src/export/session-record';
import { liveFaces, openPlace, READING_MS, startCamera } from './app';

/** Opens the webcam and waits until its face is read and it can be recorded. */
export async function openCamera(page: Page): Promise<void> {
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
}

export function recordingBar(page: Page): Locator {
  return page.getByRole('region', { name: 'Recording', exact: true });
}

/** Starts a recording and waits until it shows this many seconds. */
export async function record(page: Page, seconds: number): Promise<void> {
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await expect.poll(() => shownSeconds(page), { intervals: [250] }).toBeGreaterThanOrEqual(seconds);
}

async function shownSeconds(page: Page): Promise<number> {
  const [minutes, seconds] = (await recordingBar(page).getByRole('timer').innerText()).split(':').map(Number);
  return (minutes ?? 0) * 60 + (seconds ?? 0);
}

export async function stopRecording(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(recordingBar(page).getByText('Saved on this device.')).toBeVisible();
}

export async function openSessions(page: Page): Promise<void> {
  await openPlace(page, 'Library');
}

export function listedSessions(page: Page): Locator {
  return page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
}

export function milliseconds(timestamp: string): number {
  const [hours, minutes, seconds] = timestamp.split(':').map(Number);
  return Math.round((((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000);
}

export function lastFrameMs({ results }: SessionRecord): number {
  return milliseconds(results.at(-1)?.timestamp ?? '0:0:0');
}

/** The newest session on disk, read without the app. */
export async function newestOnDisk(page: Page): Promise<{ id: string; startedAtMs: number; frames: number }> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
    const database = await done(indexedDB.open('mien-sessions'));
    const all = (await done(database.transaction('sessions').objectStore('sessions').getAll())) as {
      id: string;
      startedAtMs: number;
      frames: number;
    }[];
    database.close();
    const newest = all.sort((a, b) => b.startedAtMs - a.startedAtMs)[0];
    if (!newest) throw new Error('no session on disk');
    return { id: newest.id, startedAtMs: newest.startedAtMs, frames: newest.frames };
  });
}
