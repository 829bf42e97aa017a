import { readFile } from 'node:fs/promises';
import { liveFaces, READING_MS, startCamera } from './support/app';
import { expect, test, type Page } from './support/test';

/** A camera that sends frames only while `sends` is true. */
interface TestCamera {
  sends: boolean;
}

declare global {
  interface Window {
    testCamera: TestCamera;
  }
}

/** Chromium's track generator, which takes frames one by one. */
interface FrameTrack extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}

async function openWith(page: Page, sends: boolean): Promise<void> {
  await page.addInitScript((sendsAtFirst) => {
    window.testCamera = { sends: sendsAtFirst };
    navigator.mediaDevices.getUserMedia = async () => {
      const Generator = Reflect.get(window, 'MediaStreamTrackGenerator') as new (options: { kind: 'video' }) => FrameTrack;
      const track = new Generator({ kind: 'video' });
      const writer = track.writable.getWriter();
      const picture = await createImageBitmap(await (await fetch('samples/one.webp')).blob(), { resizeWidth: 640, resizeHeight: 480 });
      setInterval(() => {
        if (window.testCamera.sends) void writer.write(new VideoFrame(picture, { timestamp: performance.now() * 1000 }));
      }, 100);
      return new MediaStream([track]);
    };
  }, sends);
  await page.goto('./');
}

const send = (page: Page, sends: boolean) => page.evaluate((value) => void (window.testCamera.sends = value), sends);
const silence = (page: Page) => page.getByText('The camera sends no picture');

test('a camera that silently stops is reported within three seconds, shows nobody, and leaves a gap in the recording', async ({ page }) => {
  await openWith(page, true);
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.waitForTimeout(1000);
  await send(page, false);
  const stoppedMs = Date.now();
  await expect(silence(page)).toBeVisible({ timeout: 10_000 });
  const toldAfterMs = Date.now() - stoppedMs;
  expect(toldAfterMs).toBeLessThan(4000);
  await expect(liveFaces(page)).toHaveCount(0, { timeout: 3000 });
  await page.waitForTimeout(2000);
  await send(page, true);
  await expect(silence(page)).toBeHidden();
  await expect(liveFaces(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download JSON' }).click();
  const { results } = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as { results: { time_s: number; left_out?: string; faces: unknown[] }[] };
  const gap = results.filter(({ left_out }) => left_out === 'no-picture');
  expect(gap.length).toBeGreaterThanOrEqual(3);
  expect(results.some(({ time_s, faces }) => faces.length > 0 && time_s > (gap.at(-1)?.time_s ?? Infinity))).toBe(true);
});

test('a camera that starts late shows a waiting message', async ({ page }) => {
  await openWith(page, false);
  await startCamera(page);
  await expect(page.getByText('Waiting for the camera’s first picture')).toBeVisible();
  await send(page, true);
  await expect(page.getByText('Waiting for the camera’s first picture')).toBeHidden();
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
});
