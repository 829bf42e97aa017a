/** Sessions that several tabs show or record at once. */
import { listedSessions, openCamera, openSessions, record, recordingBar, stopRecording } from './support/sessions';
import { expect, test } from './support/test';

test('another tab\'s recording is neither offered nor deletable, and of two recordings at once both sessions stay, with different names', async ({ page, context }) => {
  await openCamera(page);
  await record(page, 3);
  const other = await context.newPage();
  await other.goto('./');
  await openSessions(other);
  await expect(listedSessions(other)).toContainText('Being recorded');
  await expect(other.getByRole('button', { name: /^Delete Webcam/ })).toBeDisabled();
  await other.getByRole('button', { name: 'Delete all sessions' }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click();
  await expect(listedSessions(other)).toHaveCount(1);
  await expect(other.getByRole('region', { name: 'Interrupted recording' })).toHaveCount(0);

  await openCamera(other);
  await record(other, 1);
  await other.close();
  await stopRecording(page);
  await openSessions(page);
  await expect(listedSessions(page)).toHaveCount(2);
  const deletions = listedSessions(page).getByRole('button', { name: /^Delete Webcam/ });
  expect(new Set(await deletions.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')))).size).toBe(2);
});

test('a session deleted by another tab disappears from this one, too, and returns on undo', async ({ page, context }) => {
  await openCamera(page);
  await record(page, 3);
  await stopRecording(page);
  await recordingBar(page).getByRole('button', { name: 'Open session' }).click();
  const people = page.getByRole('heading', { name: '1 person' });
  await expect(people).toBeVisible();
  await page.reload();
  await expect(people).toBeVisible();
  // A new element does not take the focus.
  await expect(page.locator(':focus')).toHaveCount(0);
  await page.getByRole('button', { name: 'Mark this moment' }).click();
  const markers = page.getByRole('button', { name: /^Delete the marker at / });
  await expect(markers).toHaveCount(1);

  const other = await context.newPage();
  await other.goto('./');
  await openSessions(other);
  await other.getByRole('button', { name: /^Delete Webcam/ }).click();
  await expect(page.getByText(/^“Webcam.*” was deleted$/)).toBeVisible();
  await expect(people).toBeHidden();
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect(people).toBeVisible();
  await expect(markers).toHaveCount(1);
});
