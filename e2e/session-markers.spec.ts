import { openSessions } from './support/sessions';
import { FILED_MS, sessionFile } from './support/session-file';
import { expect, test, type Page } from './support/test';

async function openFile(page: Page, contents: Parameters<typeof sessionFile>[0]): Promise<void> {
  await page.goto('./');
  await openSessions(page);
  await page.locator('input[type=file][accept*=".json"]').setInputFiles(sessionFile(contents));
  await expect(page.getByRole('heading', { name: contents.people === 1 ? '1 person' : `${contents.people} people`, exact: true })).toBeVisible();
}

test('a new marker is shown among hundreds, and a file of events imported again says that they are there', async ({ page }) => {
  await openFile(page, { name: 'Interview', people: 1 });
  const rows = Array.from({ length: 300 }, (_, i) => `${i / 10},Event ${i}`);
  const importEvents = async () => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Events from a CSV' }).click();
    await (await chooser).setFiles({ name: 'events.csv', mimeType: 'text/csv', buffer: Buffer.from(`time,label\n${rows.join('\n')}\n`) });
  };
  await importEvents();
  await expect(page.getByText('300 events were added')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Event 0', exact: true })).toBeVisible();
  await importEvents();
  await expect(page.getByText('No event is new, 300 were there already.')).toBeVisible();
  await expect(page.getByText('300 events were added')).toBeHidden();

  await page.getByRole('slider', { name: 'Timeline' }).press('End');
  await page.getByRole('button', { name: 'Mark this moment' }).click();
  await expect(page.getByRole('button', { name: 'Go to 1:00.0' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Event 0', exact: true })).toBeHidden();
  // A file without new events leaves the undo of another edit.
  await importEvents();
  await expect(page.getByText('No event is new, 300 were there already.')).toBeVisible();
  await expect(page.getByText('The moment was marked')).toBeVisible();
  await page.getByRole('button', { name: 'Show 50 earlier' }).click();
  await expect(page.getByRole('button', { name: 'Event 230', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go to 1:00.0' })).toBeVisible();
});

test('a report has the first markers, whichever are on the screen', async ({ page }) => {
  // Without intervals between them, the report has the markers themselves.
  await openFile(page, { name: 'Interview', people: 1, markers: Array.from({ length: 300 }, (_, i) => ({ atMs: FILED_MS, note: `Event ${i}` })) });
  await page.getByRole('slider', { name: 'Timeline' }).press('End');
  await page.getByRole('button', { name: 'Mark this moment' }).click();
  const rows = page.getByRole('region', { name: 'Markers' }).getByRole('listitem');
  await expect(rows.filter({ visible: true }).last()).toContainText('No note');
  await expect(rows.filter({ hasText: /Event 0$/ })).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(rows.filter({ visible: true })).toHaveText(Array.from({ length: 10 }, (_, i) => new RegExp(`Event ${i}$`)));
});

test('a marker whose time is changed keeps the focus beyond its neighbours', async ({ page }) => {
  await openFile(page, { name: 'Interview', people: 1, markers: ['First', 'Second', 'Third'].map((note, i) => ({ atMs: (i + 1) * 10_000, note })) });
  const rows = page.getByRole('region', { name: 'Markers' }).getByRole('listitem');
  await page.getByRole('button', { name: 'Rename 0:10.0' }).press('Enter');
  await page.getByRole('textbox', { name: 'Time of the marker' }).fill('0:25');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveText([/Second/, /First/, /Third/]);
  await expect(page.getByRole('button', { name: 'Rename 0:25.0' })).toBeFocused();
});

test('the report of five people and twenty markers is one page, which counts what it leaves out', async ({ page }) => {
  const markers = Array.from({ length: 20 }, (_, i) => ({ atMs: ((i + 1) * FILED_MS) / 21, note: `Scene ${i}, in which the film shows something that takes long to describe` }));
  await openFile(page, { name: 'Five', people: 5, markers });
  await expect(page.getByRole('group', { name: 'Between the markers' }).getByRole('row')).toHaveCount(22);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(/^The first \d+ of 21 are printed/).filter({ visible: true })).toHaveCount(1);
  for (const format of ['A4', 'Letter']) expect((await page.pdf({ format })).toString('latin1').match(/\/Type \/Page\b/g), format).toHaveLength(1);
});

test('the comparison of two sessions says how many markers it does not offer as zero', async ({ page }) => {
  await openFile(page, { name: 'Before', people: 1 });
  await openSessions(page);
  await page.locator('input[type=file][accept*=".json"]').setInputFiles(sessionFile({ name: 'After', people: 1, markers: Array.from({ length: 502 }, (_, i) => ({ atMs: i * 100, note: `Event ${i}` })) }));
  await expect(page.getByRole('heading', { name: '1 person', exact: true })).toBeVisible();
  await openSessions(page);
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.getByRole('button', { name: 'Compare these two' }).click();
  await expect(page.getByRole('option', { name: '2 later markers are not listed', disabled: true })).toBeAttached();
});

test('a file of events is too large only by those that are new', async ({ page }) => {
  const events = Array.from({ length: 20_002 }, (_, i) => ({ atMs: (i % 60) * 1000, note: `Event ${i}` }));
  await openFile(page, { name: 'Interview', people: 1, markers: events.slice(0, 20_001) });
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Events from a CSV' }).click();
  const rows = events.map(({ atMs, note }) => `${atMs / 1000},${note}`);
  await (await chooser).setFiles({ name: 'events.csv', mimeType: 'text/csv', buffer: Buffer.from(`time,label\n${rows.join('\n')}\n`) });
  await expect(page.getByText('1 event was added')).toBeVisible();
});

test('markers and the table of their intervals follow a change of the language', async ({ page }) => {
  await openFile(page, { name: 'Interview', people: 1, markers: [{ atMs: 20_000, note: '' }] });
  await expect(page.getByRole('columnheader', { name: 'From' })).toBeVisible();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('radio', { name: 'Deutsch' }).check({ force: true });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Von' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keine Notiz', exact: true })).toBeVisible();
});
