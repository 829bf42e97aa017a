import { liveFaces, READING_MS, startCamera } from './support/app';
import { watchCalls, type CallWatch } from './support/engine-calls';
import { expect, test, type Page } from './support/test';

declare global {
  interface Window {
    cameraStreams: MediaStream[];
  }
}

/** Simulates a background tab: hidden, without frame callbacks. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

/** Readings with a face so far. */
async function readings(calls: CallWatch): Promise<number> {
  return (await calls.list()).filter(({ name, answer }) => name === 'analyzeLive' && (answer?.raw.length ?? 0) > 0).length;
}

test('with the setting off, the camera is still read in a hidden tab, and frame by frame again when it is back', async ({ page }) => {
  const calls = await watchCalls(page);
  await page.addInitScript(() => {
    localStorage.setItem('mien.settings', JSON.stringify({ backend: 'wasm', pauseWhenHidden: false }));
    window.cameraStreams = [];
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await real(constraints);
      window.cameraStreams.push(stream);
      return stream;
    };
    // Requests for frames stay pending while the page is hidden.
    const { prototype } = HTMLVideoElement;
    const request = Object.getOwnPropertyDescriptor(prototype, 'requestVideoFrameCallback');
    prototype.requestVideoFrameCallback = function (callback: VideoFrameRequestCallback) {
      const unlessHidden: VideoFrameRequestCallback = (...told) => {
        if (!document.hidden) callback(...told);
      };
      return Number(Reflect.apply(request?.value as () => number, this, [unlessHidden]));
    };
  });
  const cameraIsOn = () => page.evaluate(() => window.cameraStreams.map(({ active }) => active));
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });

  await setHidden(page, true);
  const hiddenAt = await readings(calls);
  await expect.poll(() => readings(calls), { timeout: READING_MS }).toBeGreaterThan(hiddenAt + 3);
  expect(await cameraIsOn()).toEqual([true]);

  await setHidden(page, false);
  const backAt = await readings(calls);
  await expect.poll(() => readings(calls), { timeout: READING_MS }).toBeGreaterThan(backAt + 3);
  // The one stream from the start.
  expect(await cameraIsOn()).toEqual([true]);
});
