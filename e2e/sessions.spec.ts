import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionRecord } from '../src/export/session-record';
import { expectAccessible } from './support/accessible';
import { expectFaces, liveFaces, openPlace, READING_MS, startCamera, trySample } from './support/app';
import { cameraLaunchOptions } from './support/browser';
import { paintedPixels } from './support/canvas';
import { download, downloadJson } from './support/downloads';
import {
  lastFrameMs,
  listedSessions,
  milliseconds,
  newestOnDisk,
  openCamera,
  openSessions,
  record,
  recordingBar,
  stopRecording,
} from './support/sessions';
import { chromium, expect, test } from './support/test';

test('a recording with markers is kept, opened, renamed, downloaded, deleted and brought back', async ({ page }) => {
  await openCamera(page);
  await record(page, 3);
  await page.keyboard.press('n');
  await page.keyboard.type('Smiles, r and m');
  await page.keyboard.press('Enter');
  await page.keyboard.press('n');
  await page.keyboard.press('Escape');
  await expect(recordingBar(page).getByText('2 markers')).toBeVisible();
  await stopRecording(page);

  await recordingBar(page).getByRole('button', { name: 'Open session' }).click();
  await expect(page.getByRole('heading', { name: '1 person' })).toBeVisible();
  const timeline = page.getByRole('slider', { name: 'Timeline' });
  await page.getByRole('button', { name: 'Smiles, r and m', exact: true }).click();
  // A device that is slow to open the note's field reads no frame meanwhile.
  await expect(timeline).toHaveAttribute('aria-valuetext', /^0:0[1-9]\.\d of 0:\d\d\.\d\. (Not in view|[A-Z][a-z]+ >?\d+%)/);
  await expectAccessible(page);
  // Its report is one page, and names a marker once: in the table of intervals.
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Smiles, r and m', { exact: true }).filter({ visible: true })).toHaveCount(1);
  expect((await page.pdf({ format: 'Letter' })).toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: 'screen' });

  const json = (await downloadJson(page)) as SessionRecord;
  expect(json.session).toMatchObject({ kind: 'webcam', width: 640, height: 480 });
  expect(json.markers.map(({ note }) => note)).toEqual(['Smiles, r and m', '']);
  expect(json.summary.total_frames).toBe(json.results.length);
  // Weighted by time, not frames; expressions never shown have no share.
  const { emotion_share: share, uncertain_share: uncertain, dominant_emotion: dominant } = json.summary;
  const shares = Object.values(share);
  expect(shares.reduce((a, c) => a + c, uncertain)).toBeCloseTo(1, 2);
  if (dominant !== null) expect(share[dominant]).toBe(Math.max(...shares));
  const shown = new Set<string>(json.results.flatMap(({ faces }) => faces.filter((each) => !each.uncertain).map((each) => each.label_held)));
  for (const [emotion, part] of Object.entries(share)) if (part > 0) expect(shown).toContain(emotion);
  expect(json.summary.people.reduce((sum, { face_observations }) => sum + face_observations, 0)).toBe(json.summary.face_observations);
  expect(lastFrameMs(json)).toBeLessThanOrEqual(milliseconds(json.summary.duration));
  const face = json.results.at(-1)?.faces[0];
  expect(Object.values(face?.probabilities ?? {}).reduce((a, b) => a + b)).toBeCloseTo(1, 2);
  const csv = (await download(page, 'CSV')).bytes.toString('utf8').split('\r\n');
  expect(csv[0]).toMatch(/^file,frame,sample,timestamp,time_s,left_out,track,person,excluded,emotion,confidence,/);
  // The other marker may fall on the same frame, and then comes after it.
  expect(csv.filter((line) => line.includes('"Smiles, r and m'))).toHaveLength(1);

  await page.getByRole('button', { name: 'All sessions' }).click();
  // The session's own page has such a button too, and stays until the URL has changed.
  await listedSessions(page).getByRole('button', { name: /^Rename Webcam/ }).click();
  await page.getByRole('textbox', { name: 'Name of the session' }).fill('First: interview?');
  await page.keyboard.press('Enter');
  await expect(listedSessions(page).getByRole('button', { name: 'First: interview?', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rename First: interview?' })).toBeFocused();
  expect((await download(page, 'CSV')).name).toMatch(/^\d{4}(-\d\d){5}_First- interview-\.csv$/);

  await page.reload();
  await openSessions(page);
  await expect(listedSessions(page)).toContainText('First: interview?');
  await page.getByRole('button', { name: 'Delete First: interview?' }).click();
  await expect(page.getByText('No sessions yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(listedSessions(page)).toHaveCount(1);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Delete all sessions' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(listedSessions(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Delete all sessions' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click();
  await expect(page.getByText('No sessions yet')).toBeVisible();
  await page.reload();
  await openSessions(page);
  await expect(page.getByText('No sessions yet')).toBeVisible();
});

test('records nothing unasked, waits while the camera is off, and continues when the tab is left', async ({ page }) => {
  await openCamera(page);
  await openSessions(page);
  await expect(page.getByText('No sessions yet')).toBeVisible();
  await openPlace(page, 'Live');
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });

  await record(page, 3);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(recordingBar(page)).toContainText('Waiting for the camera');
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await expect(recordingBar(page)).toContainText('Recording');
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });

  await openSessions(page);
  await expect(listedSessions(page)).toHaveCount(1);
  await expect(listedSessions(page)).toContainText('Being recorded');
  // The indicator in the header leads back to it.
  await page.getByRole('button', { name: 'Recording webcam' }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).press('Enter');
  await expect(page.getByText('Saved on this device.')).toBeVisible();
  // The focus stays on the button while it saves.
  await expect(page.getByRole('button', { name: 'Record', exact: true })).toBeFocused();
  await openSessions(page);
  await expect(listedSessions(page)).not.toContainText(/Interrupted|Being recorded/);
});

test('a killed tab loses at most a second, and the next one offers the rest', async ({ page, context }) => {
  await openCamera(page);
  await record(page, 4);
  const killedAtMs = await page.evaluate(() => Date.now());
  const devtools = await context.newCDPSession(page);
  // Never answered: the renderer is gone.
  devtools.send('Page.crash').catch(() => undefined);
  await page.waitForEvent('crash');

  const next = await context.newPage();
  await next.goto('./');
  const { startedAtMs } = await newestOnDisk(next);
  await expect(next.getByRole('region', { name: 'Interrupted recording' })).toContainText('A recording was interrupted', { timeout: READING_MS });
  await next.getByRole('button', { name: 'Save and open' }).click();
  await expect(next.getByRole('heading', { name: '1 person' })).toBeVisible();

  const json = (await downloadJson(next)) as SessionRecord;
  expect(json.reading.complete).toBe(false);
  await expect(next.getByText(/Interrupted at 0:0\d\./)).toBeVisible();
  const times = json.results.map(({ timestamp }) => milliseconds(timestamp));
  // The last frame before the kill may be as old as the frame interval of a slow machine.
  const apart = Math.max(...times.slice(1).map((ms, i) => ms - (times[i] ?? 0)));
  expect(killedAtMs - startedAtMs - (times.at(-1) ?? 0)).toBeLessThanOrEqual(1000 + apart);

  await next.reload();
  await openSessions(next);
  await expect(listedSessions(next)).toHaveCount(1);
  await expect(listedSessions(next)).not.toContainText('Interrupted');
  await expect(next.getByRole('region', { name: 'Interrupted recording' })).toHaveCount(0);
});

test('on a full device, a recording continues in memory, can be downloaded, and is saved once there is room', async ({ page, context, baseURL }) => {
  await openCamera(page);
  // The database exists before the device is full, as on a real device.
  await openSessions(page);
  await expect(page.getByText('No sessions yet')).toBeVisible();
  await openPlace(page, 'Live');
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  const devtools = await context.newCDPSession(page);
  const origin = new URL(baseURL ?? '').origin;
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });

  await record(page, 3);
  await expect(recordingBar(page).getByRole('alert')).toContainText('There is no room on this device for more');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(recordingBar(page).getByRole('alert')).toContainText('The recording is not saved');
  await expect(page.getByRole('button', { name: 'Record', exact: true })).toBeDisabled();
  const json = (await downloadJson(page)) as SessionRecord;
  expect(json.results.length).toBeGreaterThan(1);

  await recordingBar(page).getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await recordingBar(page).getByRole('button', { name: 'Try saving again' }).click();
  await expect(recordingBar(page)).toContainText('Saved on this device.');
  await recordingBar(page).getByRole('button', { name: 'Open session' }).click();
  const saved = (await downloadJson(page)) as SessionRecord;
  expect(saved.results).toEqual(json.results);
});

test('where storage is denied, everything except saving works until the page is closed, and the page says so', async ({ baseURL }, testInfo) => {
  const profile = testInfo.outputPath('profile');
  mkdirSync(join(profile, 'Default'), { recursive: true });
  // "Block all cookies", which blocks all storage of a site.
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
  const context = await chromium.launchPersistentContext(profile, {
    ...cameraLaunchOptions('one'),
    ...(baseURL !== undefined && { baseURL }),
    permissions: ['camera'],
    serviceWorkers: 'block',
  });
  try {
    const page = await context.newPage();
    const crashes: string[] = [];
    page.on('pageerror', (error) => crashes.push(error.message));
    // Some browsers deny these two as well.
    await page.addInitScript(() => {
      const get = () => {
        throw new DOMException('denied', 'SecurityError');
      };
      Object.defineProperty(window, 'caches', { get });
      Object.defineProperty(navigator, 'serviceWorker', { get });
    });
    await page.goto('./');
    // Merely reading these properties throws.
    for (const name of ['localStorage', 'sessionStorage']) await expect(page.evaluate((key) => typeof Reflect.get(window, key), name)).rejects.toThrow('SecurityError');
    await openSessions(page);
    await expect(page.getByRole('alert')).toContainText('This browser does not let the page keep anything');
    await trySample(page, 'Five faces');
    await expectFaces(page, 5);
    await startCamera(page);
    await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
    await record(page, 3);
    await expect(recordingBar(page).getByRole('alert')).toContainText('The recording goes on in memory');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const json = (await downloadJson(page)) as SessionRecord;
    expect(json.results.length).toBeGreaterThan(0);
    await recordingBar(page).getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard recording' }).click();
    await expect(recordingBar(page)).toHaveCount(0);
    expect(crashes).toEqual([]);
  } finally {
    await context.close();
  }
});

test('a session’s timeline zooms and moves, its file opens again as the same session, and events become markers with statistics between them', async ({ page }) => {
  await openCamera(page);
  await record(page, 4);
  await stopRecording(page);
  await recordingBar(page).getByRole('button', { name: 'Open session' }).click();
  await expect(page.getByRole('heading', { name: '1 person' })).toBeVisible();
  await test.step('by keys, buttons and wheel', async () => {
    const timeline = page.getByRole('slider', { name: 'Timeline' });
    await timeline.focus();
    await page.keyboard.press('End');
    const endMs = Number(await timeline.getAttribute('aria-valuenow'));
    expect(endMs).toBeGreaterThan(4000);
    await expect(page.getByRole('button', { name: 'Zoom out' })).toBeDisabled();
    await page.keyboard.press('+');
    await expect(page.getByRole('button', { name: 'Zoom out' })).toBeEnabled();

    // The element under the pointer depends on the view.
    const box = await timeline.boundingBox();
    if (!box) throw new Error('no timeline');
    const at = { x: box.width / 2, y: box.height / 2 };
    const timeUnderPointer = async () => {
      await timeline.click({ position: at });
      return Number(await timeline.getAttribute('aria-valuenow'));
    };
    const close = await timeUnderPointer();
    expect(close).toBeGreaterThan(endMs * 0.6);
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await timeUnderPointer()).toBeLessThan(close - endMs * 0.05);
    await page.mouse.wheel(0, 2000);
    await expect(page.getByRole('button', { name: 'Zoom out' })).toBeDisabled();
    const middle = await timeUnderPointer();
    expect(Math.abs(middle - endMs / 2)).toBeLessThan(endMs * 0.1);

    const before = await paintedPixels(page, 'expression-timeline');
    for (const name of ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral']) {
      await page.getByRole('button', { name, exact: true }).click();
    }
    expect(await paintedPixels(page, 'expression-timeline')).toBeLessThan(before);
  });

  const { name, bytes: buffer } = await download(page, 'JSON');
  const mimeType = 'application/json';
  const json = page.locator('input[type=file][accept*=".json"]');

  await page.getByRole('button', { name: 'All sessions' }).click();
  await json.setInputFiles([
    { name: 'cut.json', mimeType, buffer: buffer.subarray(0, 900) },
    { name: 'foreign.json', mimeType, buffer: Buffer.from('{}') },
  ]);
  await expect(page.getByText('cut.json: This session’s file is damaged at results[0]')).toBeVisible();
  await expect(page.getByText('foreign.json: This JSON was not written by Mien')).toBeVisible();
  await json.setInputFiles([{ name, mimeType, buffer }]);
  await expect(page.getByRole('heading', { name: '1 person' })).toBeVisible();
  expect((await download(page, 'JSON')).bytes.equals(buffer)).toBe(true);

  const events = Buffer.from('time,label\n0.5,Film begins\n1.2,"Joke, told"\nsoon,x\n99,late\n-1,early\n');
  await page.locator('input[type=file][accept*=".csv"]').setInputFiles({ name: 'events.csv', mimeType: 'text/csv', buffer: events });
  await expect(page.getByText('Row 4 has no time. 2 events lie outside the session and were left out.')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Between the markers' }).getByRole('row')).toHaveCount(4);
  await page.getByRole('button', { name: 'Delete the marker at 0:00.5' }).click();
  await expect(page.getByRole('group', { name: 'Between the markers' }).getByRole('row')).toHaveCount(3);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Film begins', exact: true })).toBeVisible();
  await expectAccessible(page);
});
