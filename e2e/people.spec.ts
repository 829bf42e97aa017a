import type { SessionRecord } from '../src/export/session-record';
import { expectAccessible } from './support/accessible';
import { openPlace } from './support/app';
import { expect, test, type Page } from './support/test';
import { analyse, downloadResult, openVideos, people } from './support/video';
import { clipFile, videoClips } from '../scripts/drawn-faces/video-clips';

test.beforeAll(async () => {
  // Drawing time depends on the load of the machine.
  test.setTimeout(0);
  await videoClips(['cuts.mp4']);
});

const record = async (page: Page) => JSON.parse((await downloadResult(page, 'Download JSON')).bytes.toString('utf8')) as SessionRecord;
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

test('people are named, merged, split and left out by hand, with undo, and the edits are saved and exported', async ({ page }) => {
  await openVideos(page, clipFile('cuts.mp4'));
  await analyse(page, /5 frames a second/);
  await expect(people(page)).toHaveCount(3);

  // Similar people prompt a question; none are merged without an answer.
  const question = page.getByRole('group', { name: 'People who look alike' });
  await expect(question).toContainText('Person A and Person C look alike');
  await question.getByRole('button', { name: 'Same person' }).click();
  await expect(people(page)).toHaveCount(2);
  await expect(page.getByText('Person C is the same person as Person A')).toBeVisible();
  await press(page, 'Undo');
  await expect(people(page)).toHaveCount(3);
  await question.getByRole('button', { name: 'Two people' }).click();
  await expect(question).toHaveCount(0);

  // By keyboard alone.
  await people(page).first().click();
  await page.getByRole('button', { name: 'Rename Person A' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Anna');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Anna' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rename Anna' })).toBeFocused();
  await expect(page.getByText('Person A is called “Anna”')).toBeVisible();

  await press(page, 'Same person as…');
  await page.getByRole('list', { name: 'Anna is the same person as' }).getByRole('button', { name: 'Person C' }).click();
  await expect(people(page)).toHaveCount(2);

  const timeline = page.getByRole('slider', { name: 'Timeline' });
  await timeline.focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
  await press(page, /Someone else from 0:01\.0 on/);
  await expect(people(page)).toHaveCount(3);

  await people(page).filter({ hasText: 'Person B' }).click();
  await press(page, 'Leave out');
  await expect(people(page)).toHaveCount(2);
  await expect(page.getByText('Person B is left out', { exact: true })).toBeVisible();
  await expectAccessible(page);

  const edits = [
    { kind: 'keep-apart', person: 'Person A', other: 'Person C' },
    { kind: 'name', person: 'Person A', name: 'Anna' },
    { kind: 'merge', person: 'Person A', other: 'Person C' },
    { kind: 'split', person: 'Person A', other: 'Person D', time_s: 1 },
    { kind: 'leave-out', person: 'Person B' },
  ];
  const { people_edits: told, results, summary } = await record(page);
  expect(told).toEqual(edits);
  expect(summary.people.map(({ person, tracks }) => [person, tracks])).toEqual([['Anna', [1]], ['Person D', [1, 3]]]);
  expect([0, 10, 20].map((sample) => results[sample]?.faces.map(({ person }) => person))).toEqual([['Anna'], ['Person B'], ['Person D']]);

  // The session on disk has it too, after a reload; the edits continue there.
  await page.reload();
  await openPlace(page, 'Library');
  await page.getByRole('button', { name: 'cuts.mp4', exact: true }).click();
  await expect(people(page)).toHaveText([/Anna/, /Person D/]);
  await press(page, 'Include Person B again');
  await expect(people(page)).toHaveCount(3);
});
