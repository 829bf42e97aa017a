import { openPlace } from './support/app';
import { listedSessions, openSessions } from './support/sessions';
import { sessionFile } from './support/session-file';
import { expect, test } from './support/test';

const NAMES = ['A', 'B', 'C', 'D'].map((letter) => `Interview ${letter}`);

test.beforeEach(async ({ page }) => {
  await page.goto('./');
  await openSessions(page);
  const markers = Array.from({ length: 30 }, (_, i) => ({ atMs: i * 1000 + 500, note: `Scene ${i}, in which the film shows something that takes long to describe on paper` }));
  await page.locator('input[type=file][accept*=".json"]').setInputFiles(NAMES.map((name, i) => sessionFile({ name, people: 1 + 7 * i, markers })));
  await expect(page.getByText('4 sessions were imported.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By name');
});

test('Shift ticks a range of sessions, Ctrl+A all, Delete or Backspace deletes what is ticked, and Ctrl+Z brings it back', async ({ page }) => {
  const box = (name: string) => page.getByRole('checkbox', { name: `Select ${name}` });
  await box('Interview B').click();
  await box('Interview D').click({ modifiers: ['Shift'] });
  await expect(page.getByRole('button', { name: 'Delete 3 selected sessions' })).toBeVisible();
  await expect(box('Interview A')).not.toBeChecked();
  await page.keyboard.press('Delete');
  await expect(page.getByText('3 sessions were deleted')).toBeVisible();
  await expect(listedSessions(page)).toHaveCount(1);
  // It can be undone after a look at another place, too.
  await openPlace(page, 'Lab');
  await openSessions(page);
  await expect(page.getByText('3 sessions were deleted')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(listedSessions(page)).toHaveCount(4);
  await box('Interview C').focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText('“Interview C” was deleted')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(listedSessions(page)).toHaveCount(4);
  // A held key deletes nothing more; Backspace is the Delete of small keyboards.
  await page.getByRole('searchbox').focus();
  await page.keyboard.down('Delete');
  await box('Interview B').focus();
  await page.keyboard.down('Delete');
  await page.keyboard.up('Delete');
  await box('Interview C').press('Backspace');
  await expect(page.getByText('“Interview C” was deleted')).toBeVisible();
  await expect(listedSessions(page)).toHaveCount(3);
  await page.keyboard.press('Control+z');
  await expect(listedSessions(page)).toHaveCount(4);
  await box('Interview A').focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByRole('checkbox', { name: 'Select all' })).toBeChecked();
  // In a text field the keys keep their meaning.
  await page.getByRole('button', { name: 'Rename Interview A' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.type('Other');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Other', exact: true })).toBeVisible();
  await expect(listedSessions(page)).toHaveCount(4);
});

test('a printed report of several sessions has a page for each, whatever the number of people and markers', async ({ page }) => {
  await page.evaluate(() => {
    window.print = () => document.body.toggleAttribute('data-printing', true);
  });
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  for (const format of ['A4', 'Letter']) {
    await page.getByRole('button', { name: 'Print a report of 4 sessions' }).click();
    await expect(page.locator('[data-printing]')).toBeAttached();
    await page.emulateMedia({ media: 'print' });
    expect((await page.pdf({ format })).toString('latin1').match(/\/Type \/Page\b/g), format).toHaveLength(4);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => document.body.removeAttribute('data-printing'));
  }
});
