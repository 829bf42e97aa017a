import { readFile } from 'node:fs/promises';
import { EXPRESSION_STYLE } from '../src/words/expression-style';
import { backendName } from '../src/words/errors';
import { liveFaces, READING_MS, startCamera } from './support/app';
import { paintedPixels } from './support/canvas';
import { expect, test, type Locator, type Page } from './support/test';

/** The page's requests for cameras, in order. */
interface CameraRequests {
  readonly constraints: MediaStreamConstraints[];
  readonly streams: MediaStream[];
}

declare global {
  interface Window {
    cameraRequests: CameraRequests;
  }
}

/** A second camera: the first one under another name. */
const SECOND = { deviceId: 'second', label: 'Camera on the desk' };

test.beforeEach(async ({ page }) => {
  await page.addInitScript((second) => {
    const requests: CameraRequests = { constraints: [], streams: [] };
    window.cameraRequests = requests;
    const { mediaDevices } = navigator;
    const enumerate = mediaDevices.enumerateDevices.bind(mediaDevices);
    mediaDevices.enumerateDevices = async () => {
      const more = { ...second, kind: 'videoinput' as const, groupId: second.deviceId };
      return [...(await enumerate()), { ...more, toJSON: () => more }];
    };
    const getCamera = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints = {}) => {
      requests.constraints.push(constraints);
      const { video } = constraints;
      const isSecond = JSON.stringify(video).includes(`"${second.deviceId}"`);
      const stream = await getCamera(isSecond && typeof video === 'object' ? { video: { ...video, deviceId: [] } } : constraints);
      requests.streams.push(stream);
      for (const track of isSecond ? stream.getTracks() : []) {
        const settings = track.getSettings();
        track.getSettings = () => ({ ...settings, deviceId: second.deviceId });
      }
      return stream;
    };
  }, SECOND);
});

async function openLive(page: Page): Promise<void> {
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
}

const lastConstraints = (page: Page) => page.evaluate(() => window.cameraRequests.constraints.at(-1));
/** Whether each stream still has the camera, in the order of the requests. */
const streamStates = (page: Page) => page.evaluate(() => window.cameraRequests.streams.map((stream) => stream.active));
const controls = (page: Page): Locator => page.getByRole('group', { name: 'Camera controls' });

test('asks for 1280 × 720 from the user-facing camera, without sound; another chosen camera replaces it, and is remembered', async ({ page }) => {
  await openLive(page);
  expect(await lastConstraints(page)).toEqual({
    audio: false,
    video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: { ideal: 'user' } },
  });
  expect(await streamStates(page)).toEqual([true]);
  const select = controls(page).getByRole('button', { name: /Camera$/ });
  await select.click();
  await page.getByRole('option', { name: SECOND.label }).click();
  await expect.poll(() => streamStates(page)).toEqual([false, true]);
  const wanted = { audio: false, video: { width: { ideal: 1280 }, height: { ideal: 720 }, deviceId: { exact: SECOND.deviceId } } };
  expect(await lastConstraints(page)).toEqual(wanted);
  await expect(select).toContainText(SECOND.label);
  await expect(liveFaces(page).and(page.locator(':not([data-absent])'))).toHaveCount(1, { timeout: READING_MS });

  await openLive(page);
  expect(await lastConstraints(page)).toEqual(wanted);
  await expect(select).toContainText(SECOND.label);
});

test('one person before the camera: bars, overlay and timeline, the performance panel, the full screen, snapshots and keys', async ({ page }) => {
  await openLive(page);
  await expect(liveFaces(page).getByRole('row')).toHaveCount(8);
  await expect.poll(() => paintedPixels(page, 'overlay')).toBeGreaterThan(500);
  await expect(page.getByText(/^Share of the time: /)).toBeVisible();

  await test.step('the timeline grows as long as a face is seen', async () => {
    /** Extent of the curves of the shown person, CSS pixels; a second is some ten. */
    const reach = () =>
      page.getByTestId('timeline').evaluate((canvas: HTMLCanvasElement, colors) => {
        const { width, height } = canvas;
        const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
        const wanted = colors.map((color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)));
        let [first, last] = [width, 0];
        for (let at = 0; at < data.length; at += 4) {
          const near = wanted.some((color) => color.every((value, c) => Math.abs(value - (data[at + c] ?? 0)) < 10));
          if (!near || (data[at + 3] ?? 0) < 200) continue;
          first = Math.min(first, (at / 4) % width);
          last = Math.max(last, (at / 4) % width);
        }
        return Math.max(0, ((last - first) * canvas.clientWidth) / width);
      }, [EXPRESSION_STYLE.happy.light, EXPRESSION_STYLE.surprise.light]);
    // More than the dot at the curve's end.
    await expect.poll(reach, { timeout: READING_MS }).toBeGreaterThan(25);
    const before = await reach();
    await expect.poll(reach, { timeout: READING_MS }).toBeGreaterThan(before + 10);
  });

  await test.step('the performance panel shows rates, the time of every stage and the backend', async () => {
    await controls(page).getByRole('button', { name: 'Performance' }).click();
    const panel = page.getByRole('region', { name: 'Performance' });
    const figure = (name: string) => panel.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) }).getByRole('definition');
    for (const name of ['Camera', 'Analysed']) await expect(figure(name)).toHaveText(/^(?!0\.0)\d+\.\d \/s$/);
    for (const name of ['Detect', 'Crop', 'Classify', 'Frame to result']) await expect(figure(name)).toHaveText(/^[\d,]+\.\d ms$/);
    await expect(figure('Dropped frames')).toHaveText(/^[\d,]+$/);
    await expect(figure('Backend')).toHaveText(backendName('wasm'));
    await expect(figure('Runs in')).toHaveText('two workers');
  });

  await test.step('the button and the key F fill the screen with the live view, and leave it again', async () => {
    const filling = () => page.evaluate(() => document.fullscreenElement?.getAttribute('aria-label') ?? null);
    await controls(page).getByRole('button', { name: 'Full screen', exact: true }).click();
    await expect.poll(filling).toBe('Live view');
    // Overlays opened outside the full-screen element would be invisible.
    await controls(page).getByRole('button', { name: 'Snapshot' }).click();
    const menu = page.getByRole('menu', { name: 'Snapshot' });
    await expect(menu).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(menu.getByRole('menuitem').first()).toBeFocused();
    const saving = page.waitForEvent('download');
    await page.getByRole('region', { name: 'Live view' }).getByRole('menuitem', { name: 'Save picture only' }).click();
    await saving;
    expect(await filling()).toBe('Live view');
    await controls(page).getByRole('button', { name: 'Leave full screen' }).click();
    await expect.poll(filling).toBeNull();

    await expect(controls(page).getByRole('button', { name: 'Full screen', exact: true })).toBeVisible();
    await page.keyboard.press('f');
    await expect.poll(filling).toBe('Live view');
    await expect(controls(page).getByRole('button', { name: 'Leave full screen' })).toBeVisible();
    await page.keyboard.press('f');
    await expect.poll(filling).toBeNull();
  });

  await test.step('saves a snapshot in the camera’s own size, with boxes or without', async () => {
    const size = await page.locator('video').evaluate((video: HTMLVideoElement) => [video.videoWidth, video.videoHeight]);
    const saved = page.waitForEvent('download');
    await page.keyboard.press('s');
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^mien-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d\.png$/);
    const png = await readFile(await download.path());
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(size);

    const plain = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Snapshot' }).click();
    await page.getByRole('menuitem', { name: 'Save picture only' }).click();
    await plain;
  });
  await test.step('shortcuts act on the view but never override the focused control', async () => {
    const mirror = page.getByRole('button', { name: 'Mirror' });
    await expect(mirror).toHaveAttribute('aria-pressed', 'true');
    await page.locator('body').press('m');
    await expect(mirror).toHaveAttribute('aria-pressed', 'false');
    // The space bar presses the focused button; it does not pause as well.
    await mirror.focus();
    await page.keyboard.press('Space');
    await expect(mirror).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    await mirror.evaluate((button: HTMLElement) => button.blur());
    await page.keyboard.press('Space');
    await expect(page.getByRole('heading', { name: 'Paused' })).toBeVisible();

    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByText('Use these keys').click();
    await page.keyboard.press('Escape');
    await page.locator('body').press('m');
    await expect(mirror).toHaveAttribute('aria-pressed', 'true');
  });
});
