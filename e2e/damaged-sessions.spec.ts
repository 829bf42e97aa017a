import type { SessionRecord } from '../src/export/session-record';
import { listedSessions, newestOnDisk, openCamera, openSessions, record, stopRecording } from './support/sessions';
import { expect, test } from './support/test';
import { downloadResult } from './support/video';

test('the readable part of a damaged session is shown, and a file with it says so', async ({ page }) => {
  await openCamera(page);
  await record(page, 3);
  await stopRecording(page);
  const { id } = await newestOnDisk(page);
  await page.evaluate(async (sessionId) => {
    const opening = indexedDB.open('mien-sessions');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const transaction = opening.result.transaction(['batches', 'sessions'], 'readwrite');
    const batches = transaction.objectStore('batches');
    const keys = batches.getAllKeys();
    // The last batch: the first ones' share of the person's readings depends on the speed of the device.
    keys.onsuccess = () => batches.put({ timesMs: 'no longer numbers' }, keys.result.at(-1) ?? [sessionId, 0]);
    transaction.objectStore('sessions').put({ id: 'nothing else' });
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    opening.result.close();
  }, id);
  await openSessions(page);
  await expect(page.getByRole('alert')).toContainText('One session is damaged');
  await page.getByRole('button', { name: 'Delete what is damaged' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  // A file with all sessions says so, too, and counts what is lost.
  const [json] = JSON.parse((await downloadResult(page, 'Download all sessions as one JSON')).bytes.toString('utf8')) as readonly SessionRecord[];
  await expect(page.getByRole('alert')).toContainText('A session in this file is damaged');
  expect(json?.reading.frames_left_out.map(({ reason }) => reason)).toContain('damaged');
  expect(json?.results.filter(({ left_out }) => left_out === undefined)).toHaveLength(json?.reading.frames_read ?? 0);
  await listedSessions(page).getByRole('button', { name: /^Webcam/ }).click();
  await expect(page.getByRole('alert')).toContainText('Part of this session is damaged');
  await expect(page.getByRole('heading', { name: '1 person' })).toBeVisible();
});
