import { choosePictures, expectFaces, openReady, pictureOf, READING_MS } from '../support/app';
import { fiveFaces } from '../../scripts/drawn-faces/scenes';
import { downloadJson } from '../support/downloads';
import { expect, test } from '../support/test';

/** One pass through the app on standard features only, for Firefox and WebKit. Chromium has photo-export.spec.ts and privacy.spec.ts. */
test('loads, reads five faces, saves them, and sends nothing anywhere else', async ({ page, baseURL }) => {
  test.setTimeout(3 * READING_MS);
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && origin !== new URL(baseURL ?? '').origin) elsewhere.push(request.url());
  });
  await openReady(page);
  await choosePictures(page, await pictureOf(page, fiveFaces(), 'five.png'));
  await expectFaces(page, 5);
  expect(await downloadJson(page)).toMatchObject({ file: 'five.png', faces: Array.from({ length: 5 }, () => ({ probabilities: {} })) });
  expect(elsewhere).toEqual([]);
});
