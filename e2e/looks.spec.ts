/** Compares the main states with their looks at the last `npm run looks`: in both schemes, and in light on a phone. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { differences, type Look } from '../scripts/looks/look';
import { writeLooks } from '../scripts/looks/write-looks';
import { choosePictures, expectFaces, faceCards, liveFaces, openPlace, openReady, READING_MS, startCamera, trySample } from './support/app';
import { lookOf, lookTheSameEverywhere } from './support/looks';
import { file, type TestFile } from './support/pictures';
import { openSessions } from './support/sessions';
import { cameraLaunchOptions } from './support/browser';
import { expect, test, type Page } from './support/test';
import { analyse, chooseVideos, people } from './support/video';

const REFERENCE = fileURLToPath(new URL('looks.json', import.meta.url));

// A moving person may cause a close call between two looks, and so break a line.
test.use({ launchOptions: cameraLaunchOptions('aside') });

/** Grid cells are 64 pixels wide, and 39 on phones. Colours are the same variables at any size, so one size suffices for the dark scheme. */
const SIZES = {
  desktop: { width: 1280, height: 800, columns: 20, schemes: ['light', 'dark'] },
  phone: { width: 390, height: 844, columns: 10, schemes: ['light'] },
} as const;

const sample = (name: string, mimeType: string): TestFile => file(name, mimeType, readFileSync(new URL(`../public/samples/${name}`, import.meta.url)));

/** States visited on one page, each reached from the previous one. */
const STATES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'first screen': openReady,
  'one face': async (page) => {
    await trySample(page, 'One face');
    await expectFaces(page, 1);
  },
  'three photos': async (page) => {
    await choosePictures(page, [sample('five.webp', 'image/webp'), file('notes.jpg', 'image/jpeg', Buffer.from('text'))]);
    await expect(page.getByText('2 of 3 read, 1 could not be read')).toBeVisible({ timeout: READING_MS });
    await expect(faceCards(page).locator('img')).toHaveCount(5);
  },
  video: async (page) => {
    await chooseVideos(page, [sample('clip.mp4', 'video/mp4')]);
    await analyse(page, /^1 frame/);
    await expect(people(page)).not.toHaveCount(0);
    // Each is cut out of the video.
    await expect(page.getByRole('button', { name: /^Go to / }).filter({ hasNot: page.locator('img') })).toHaveCount(0);
  },
  library: async (page) => {
    await openSessions(page);
    await expect(page.getByText(/^1 session, /)).toBeVisible();
  },
  session: async (page) => {
    await page.getByRole('button', { name: 'clip.mp4', exact: true }).click();
    await expect(people(page)).not.toHaveCount(0);
  },
  live: async (page) => {
    await startCamera(page);
    await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  },
  lab: async (page) => {
    await openPlace(page, 'Lab');
    await expect(page.getByRole('region', { name: 'Lab' }).getByRole('heading').first()).toBeVisible();
  },
};

test('the main states look unchanged, at two sizes and in both schemes', async ({ page, context }, testInfo) => {
  test.setTimeout(240_000);
  await lookTheSameEverywhere(context);
  const studio = await context.newPage();
  // A page in the background is drawn once a second.
  await page.bringToFront();
  const renews = testInfo.config.updateSnapshots === 'all' || testInfo.config.updateSnapshots === 'changed';
  const expected = renews ? {} : (JSON.parse(readFileSync(REFERENCE, 'utf8')) as Record<string, Look>);
  const found: Record<string, Look> = {};
  for (const [state, reach] of Object.entries(STATES)) {
    await test.step(state, async () => {
      await page.setViewportSize(SIZES.desktop);
      await reach(page);
      for (const [size, { columns, schemes, ...viewport }] of Object.entries(SIZES)) {
        const name = `${state}, ${size}`;
        await page.setViewportSize(viewport);
        const { look, pictures } = await lookOf(page, studio, columns, schemes);
        found[name] = look;
        const reference = expected[name];
        const different = renews ? [] : reference ? differences(reference, look) : ['has no reference'];
        if (different.length > 0) for (const [scheme, body] of Object.entries(pictures)) await testInfo.attach(`${name}, ${scheme}`, { body, contentType: 'image/jpeg' });
        expect.soft(different, `${name}; if it is to look so: npm run looks`).toEqual([]);
      }
    });
  }
  if (renews) writeFileSync(REFERENCE, writeLooks(found));
});
