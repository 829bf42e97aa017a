import { clipBytes, videoClips } from '../scripts/drawn-faces/video-clips';
import { READING_MS } from './support/app';
import { file } from './support/pictures';
import { listedSessions, openSessions } from './support/sessions';
import { expect, test } from './support/test';
import { downloadResult, openVideos, people } from './support/video';

test.beforeAll(async () => {
  // Drawing time depends on the load of the machine.
  test.setTimeout(0);
  await videoClips(['crossing.mp4']);
});

test('sessions have pictures; their curves are copied; several make one report, and one file that restores them', async ({ page, context }) => {
  await context.grantPermissions(['camera', 'clipboard-read', 'clipboard-write']);
  // Printing is replaced by a counter.
  await page.addInitScript(() => {
    window.print = () => {
      dispatchEvent(new Event('beforeprint'));
      const reports = [...document.querySelectorAll('[data-report] section')];
      document.body.dataset['printed'] = JSON.stringify(reports.map((each) => [each.querySelector('h2')?.textContent, each.querySelectorAll('img').length]));
      dispatchEvent(new Event('afterprint'));
    };
  });
  const clip = clipBytes('crossing.mp4');
  await openVideos(page, [file('a.mp4', 'video/mp4', clip), file('b.mp4', 'video/mp4', clip)]);
  await page.getByRole('button', { name: 'Analyse all 2' }).click();
  const clips = page.getByRole('listbox', { name: 'All videos' }).getByRole('option');
  // A string would match "Being analysed" too: its case is ignored.
  await expect(clips.filter({ hasText: /Analysed/ })).toHaveCount(2, { timeout: 2 * READING_MS });

  await openSessions(page);
  await expect(listedSessions(page)).toHaveCount(2);
  const thumbnails = listedSessions(page).locator('img');
  await expect(thumbnails).toHaveCount(2);
  await expect.poll(() => thumbnails.evaluateAll((all: HTMLImageElement[]) => all.every(({ naturalWidth }) => naturalWidth > 0))).toBe(true);

  await page.getByRole('button', { name: 'a.mp4', exact: true }).click();
  await expect(people(page)).toHaveCount(2);
  const share = page.getByRole('button', { name: 'Share the curves of Person A' });
  await share.click();
  await page.getByRole('menuitem', { name: 'Copy the table' }).click();
  await expect(page.getByText('The table was copied.')).toBeVisible();
  const table = (await page.evaluate(() => navigator.clipboard.readText())).split('\n').map((row) => row.split('\t'));
  expect(table[0]).toEqual(['Expression', 'Share of time', 'Mean']);
  expect(table.slice(1).reduce((sum, [, part]) => sum + Number(part), 0)).toBeCloseTo(1, 2);
  await share.click();
  await page.getByRole('menuitem', { name: 'Copy picture' }).click();
  await expect(page.getByText('The picture was copied.')).toBeVisible();
  const width = () => page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return item ? (await createImageBitmap(await item.getType('image/png'))).width : 0;
  });
  expect(await width()).toBeGreaterThan(600);
  await page.getByRole('button', { name: 'All sessions' }).click();

  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await expect(page.getByRole('checkbox', { name: 'Pictures in reports' })).toBeChecked();
  await page.getByRole('button', { name: 'Print a report of 2 sessions' }).click();
  await expect.poll(async () => JSON.parse((await page.locator('body').getAttribute('data-printed')) ?? '[]') as unknown).toEqual(
    expect.arrayContaining([['a.mp4', 3], ['b.mp4', 3]]),
  );

  const json = 'Download 2 selected sessions as one JSON';
  const { name, bytes } = await downloadResult(page, json);
  await page.getByRole('button', { name: 'Delete 2 selected sessions' }).click();
  await expect(listedSessions(page)).toHaveCount(0);
  await page.locator('input[type="file"][accept*="json"]').setInputFiles({ name, mimeType: 'application/json', buffer: bytes });
  await expect(page.getByText('2 sessions were imported.')).toBeVisible();
  await expect(listedSessions(page)).toHaveCount(2);
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  expect((await downloadResult(page, json)).bytes.equals(bytes)).toBe(true);
  // A search does not hide new items.
  await page.getByRole('searchbox', { name: 'Search' }).fill('another');
  await expect(listedSessions(page)).toHaveCount(0);
  await page.locator('input[type="file"][accept*="json"]').setInputFiles({ name, mimeType: 'application/json', buffer: bytes });
  await expect(listedSessions(page)).toHaveCount(4);
});
