import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { SessionRecord } from '../src/export/session-record';
import { openPlace, READING_MS } from './support/app';
import { analyse, chooseRate, downloadResult, ending, openVideos, people } from './support/video';
import { clipFile, videoClips } from './support/video-clips';

test.beforeAll(async () => {
  test.setTimeout(180_000);
  await videoClips(['cuts.mp4', 'held.mp4']);
});

const record = async (page: Page) => JSON.parse((await downloadResult(page, 'Download JSON')).bytes.toString('utf8')) as SessionRecord;
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

test.describe('hard cuts at one place', () => {
  for (const [rate, framesEach] of [['1 frame a second', 2], ['5 frames a second', 10], ['Every frame', 20]] as const) {
    test(`are as many people, each with the right label at once: ${rate}`, async ({ page }) => {
      await openVideos(page, clipFile('cuts.mp4'));
      await analyse(page, new RegExp(rate));
      await expect(people(page)).toHaveCount(3);
      const { results } = await record(page);
      expect(results.map(({ faces }) => faces.map(({ track, emotion }) => `${track} ${emotion}`).join())).toEqual(
        ['1 happy', '2 sad', '3 surprise'].flatMap((each) => Array<string>(framesEach).fill(each)),
      );
    });
  }
});

test('a picture that is held weighs what it lasts, and ages nobody', async ({ page }) => {
  await openVideos(page, clipFile('held.mp4'));
  await analyse(page, /Every frame/);
  await expect(people(page)).toHaveCount(1);
  const every = await record(page);
  expect(every.summary.emotion_share.happy).toBeCloseTo(0.1, 1);
  expect(every.summary.dominant_emotion).toBe('sad');

  // A regular series has a row for every moment, the held ones too.
  await page.getByText('Analyse it differently').click();
  await chooseRate(page, /5 frames a second/);
  await page.getByRole('button', { name: 'Analyse again' }).click();
  await expect.poll(async () => (await ending(page).textContent()) ?? '', { timeout: READING_MS }).toContain('Asked 50, read 50');
  await expect(people(page)).toHaveCount(1);
  const regular = await record(page);
  expect(regular.results.map(({ sample }) => sample)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  expect(regular.summary.emotion_share.happy).toBeCloseTo(0.1, 1);
});

test('people are named, merged, split and left out by hand, with a way back, and that is kept and told', async ({ page }) => {
  await openVideos(page, clipFile('cuts.mp4'));
  await analyse(page, /5 frames a second/);
  await expect(people(page)).toHaveCount(3);

  // Who looks alike is asked about; nobody is merged without an answer.
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

  await press(page, 'Same person as…');
  await page.getByRole('list', { name: 'Anna is the same person as' }).getByRole('button', { name: 'Person C' }).click();
  await expect(people(page)).toHaveCount(2);

  const timeline = page.getByRole('slider', { name: 'Timeline' });
  await timeline.focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
  await press(page, /Somebody else from 0:01\.0 on/);
  await expect(people(page)).toHaveCount(3);

  await people(page).filter({ hasText: 'Person B' }).click();
  await press(page, 'Leave out');
  await expect(people(page)).toHaveCount(2);
  await expect(page.getByText('Person B is left out', { exact: true })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);

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

  // The session on disk has it too, after a reload; the edits go on there.
  await page.reload();
  await openPlace(page, 'Library');
  await page.getByRole('button', { name: 'cuts.mp4', exact: true }).click();
  await expect(people(page)).toHaveText([/Anna/, /Person D/]);
  await press(page, 'Take Person B back in');
  await expect(people(page)).toHaveCount(3);
});
