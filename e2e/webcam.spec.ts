import { liveFaces, openPlace, READING_MS, startCamera } from './support/app';
import { paintedPixels } from './support/canvas';
import { expect, test, type Page } from './support/test';

/** State that the tests observe and set inside the page. */
interface Watched {
  streams: MediaStream[];
  asked: number;
  workers: Worker[];
  /** Delay of the real camera's next answer, ms. */
  delayMs: number;
  /** Error name for the next request to fail with, instead of the real camera. */
  failure: string | null;
}

declare global {
  interface Window {
    watched: Watched;
  }
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const watched: Watched = { streams: [], asked: 0, workers: [], delayMs: 0, failure: null };
    window.watched = watched;
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      watched.asked++;
      const { failure } = watched;
      watched.failure = null;
      if (failure !== null) throw new DOMException('made by the test', failure);
      const stream = await real(constraints);
      watched.streams.push(stream);
      if (watched.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, watched.delayMs));
      return stream;
    };
    const RealWorker = window.Worker;
    window.Worker = class extends RealWorker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        watched.workers.push(this);
      }
    };
  });
});

function liveTracks(page: Page): Promise<number> {
  return page.evaluate(
    () => window.watched.streams.flatMap((stream) => stream.getTracks()).filter((track) => track.readyState === 'live').length,
  );
}

async function openLive(page: Page): Promise<void> {
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
}

const FAILURES = [
  ['NotAllowedError', 'The camera is blocked'],
  ['NotFoundError', 'No camera was found'],
  ['NotReadableError', 'The camera is busy'],
  ['OverconstrainedError', 'This camera has no picture size that fits'],
  ['TypeError', 'The camera could not be started'],
] as const;

test('asks for the camera only on request, explains each failure, and releases one that is granted after the tab was left', async ({ page }) => {
  await page.goto('./');
  await openPlace(page, 'Live');
  await expect(page.getByRole('button', { name: 'Start camera' })).toBeVisible();
  expect(await page.evaluate(() => window.watched.asked)).toBe(0);

  let press = 'Start camera';
  for (const [name, title] of FAILURES) {
    await test.step(name, async () => {
      await page.evaluate((failure) => (window.watched.failure = failure), name);
      await page.getByRole('button', { name: press }).click();
      await expect(page.getByRole('heading', { name: title })).toBeVisible();
      expect(await liveTracks(page)).toBe(0);
    });
    press = 'Try again';
  }
  // The failure applied to one request only.
  await page.evaluate(() => (window.watched.delayMs = 700));
  await page.getByRole('button', { name: press }).click();
  await expect(page.getByRole('heading', { name: 'Waiting for the camera' })).toBeVisible();
  await expect.poll(() => liveTracks(page)).toBe(1);
  await openPlace(page, 'Read');
  await expect.poll(() => liveTracks(page)).toBe(0);
});

test('releases the camera when paused, hidden, left or unplugged, and resumes', async ({ page }) => {
  await openLive(page);
  expect(await liveTracks(page)).toBe(1);

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('heading', { name: 'Paused' })).toBeVisible();
  expect(await liveTracks(page)).toBe(0);
  // The last picture stays.
  expect(await paintedPixels(page, 'overlay')).toBeGreaterThan(10_000);
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await expect.poll(() => liveTracks(page)).toBe(1);

  const setHidden = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await setHidden(true);
  await expect.poll(() => liveTracks(page)).toBe(0);
  await setHidden(false);
  await expect.poll(() => liveTracks(page)).toBe(1);

  await openPlace(page, 'Read');
  await expect.poll(() => liveTracks(page)).toBe(0);
  await openPlace(page, 'Live');
  await expect.poll(() => liveTracks(page)).toBe(1);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });

  await page.evaluate(() => {
    for (const track of window.watched.streams.at(-1)?.getTracks() ?? []) track.dispatchEvent(new Event('ended'));
  });
  await expect(page.getByRole('heading', { name: 'The camera was disconnected' })).toBeVisible();
  expect(await liveTracks(page)).toBe(0);
  await expect(liveFaces(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => liveTracks(page)).toBe(1);
  await expect(liveFaces(page)).toHaveCount(1);

  // Unplugged and plugged in again: no action needed.
  await page.evaluate(() => {
    for (const track of window.watched.streams.at(-1)?.getTracks() ?? []) track.dispatchEvent(new Event('ended'));
  });
  await expect(page.getByRole('heading', { name: 'The camera was disconnected' })).toBeVisible();
  await page.evaluate(async () => {
    const { mediaDevices } = navigator;
    const real = mediaDevices.enumerateDevices.bind(mediaDevices);
    const tell = async () => {
      mediaDevices.dispatchEvent(new Event('devicechange'));
      await real();
    };
    mediaDevices.enumerateDevices = () => Promise.resolve([]);
    await tell();
    mediaDevices.enumerateDevices = real;
    await tell();
  });
  await expect.poll(() => liveTracks(page)).toBe(1);
  await expect(page.getByRole('heading', { name: 'The camera was disconnected' })).toBeHidden();
});

test('explains on an insecure page that no camera is available', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined });
    Object.defineProperty(window, 'isSecureContext', { value: false });
  });
  await page.goto('./');
  await startCamera(page);
  await expect(page.getByRole('heading', { name: 'This page may not use the camera' })).toBeVisible();
});

test('recovers when the worker dies, even while the camera is paused, and mixes up no people', async ({ page }) => {
  await openLive(page);
  const person = liveFaces(page).first();
  const endWorkers = () => page.evaluate(() => window.watched.workers.forEach((worker) => worker.terminate()));
  await expect(person).toContainText('Person A');
  await endWorkers();
  await expect(person).toContainText(/Person [B-Z]/, { timeout: READING_MS });
  expect(await liveTracks(page)).toBe(1);

  const [second = ''] = /Person [B-Z]/.exec(await person.innerText()) ?? [];
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('heading', { name: 'Paused' })).toBeVisible();
  await endWorkers();
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await expect(person).not.toContainText(second, { timeout: READING_MS });
  await expect(person).toContainText(/Person [C-Z]/, { timeout: READING_MS });
});
