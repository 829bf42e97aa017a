import { liveFaces, READING_MS, startCamera } from '../support/app';
import { collectedHeap } from '../support/heap';
import { expect, test, type Page } from '../support/test';

/** Duration; run ten minutes after a change to code that holds memory. */
const MINUTES = Number(process.env.MIEN_SOAK_MINUTES ?? 1);
/** Time for caches, compiled code and the minute of the timeline to fill. */
const WARM_UP_MS = MINUTES > 2 ? 75_000 : 20_000;
/** Bytes. The recording takes 0.3 MB for 2,048 frames, and code is compiled all the time; one frame's pixels are 1.2 MB. */
const MOST_GROWTH = 2.5e6 + MINUTES * 0.5e6;

/** Frames, streams, object URLs and workers that the page has created and not released. */
interface Held {
  readonly frames: number;
  readonly urls: number;
  readonly workers: number;
}

declare global {
  interface Window {
    heldNow(): Held;
  }
}

async function countWhatIsHeld(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const frames = new Set<VideoFrame>();
    const urls = new Set<string>();
    const workers = new Set<Worker>();
    window.VideoFrame = new Proxy(window.VideoFrame, {
      construct(target, args, newTarget) {
        const frame = Reflect.construct(target, args, newTarget) as VideoFrame;
        frames.add(frame);
        return frame;
      },
    });
    const createUrl = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (object) => {
      const url = createUrl(object);
      urls.add(url);
      return url;
    };
    const revokeUrl = URL.revokeObjectURL.bind(URL);
    URL.revokeObjectURL = (url) => {
      urls.delete(url);
      revokeUrl(url);
    };
    const RealWorker = window.Worker;
    window.Worker = class extends RealWorker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers.add(this);
      }

      override terminate() {
        super.terminate();
        workers.delete(this);
      }
    };
    // A closed or transferred frame has no size.
    window.heldNow = () => ({ frames: Array.from(frames).filter(({ codedWidth }) => codedWidth > 0).length, urls: urls.size, workers: workers.size });
  });
}

// A trace records every change of the page, in the page's own memory.
test.use({ trace: 'off' });

test(`a recording of the camera holds no more after ${MINUTES} min than at the start`, async ({ page }) => {
  test.setTimeout(MINUTES * 60_000 + WARM_UP_MS + 120_000);
  await countWhatIsHeld(page);
  // A backend chosen by hand, so that measuring another one affects neither half.
  await page.addInitScript(() => localStorage.setItem('mien.settings', JSON.stringify({ backend: 'wasm' })));
  await page.goto('./');
  await startCamera(page);
  await expect(liveFaces(page)).toHaveCount(1, { timeout: READING_MS });
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.waitForTimeout(WARM_UP_MS);
  const before = await collectedHeap(page);
  const heldBefore = await page.evaluate(() => window.heldNow());
  await page.waitForTimeout(MINUTES * 60_000);
  const after = await collectedHeap(page);
  const heldAfter = await page.evaluate(() => window.heldNow());
  if (MINUTES > 1) console.log(`heap: ${(before / 1e6).toFixed(2)} MB, ${MINUTES} minutes later ${(after / 1e6).toFixed(2)} MB`);

  expect(after - before).toBeLessThan(MOST_GROWTH);
  // One frame may be in transit at either time.
  expect(heldAfter.frames).toBeLessThanOrEqual(heldBefore.frames + 1);
  expect(heldAfter).toMatchObject({ urls: heldBefore.urls, workers: heldBefore.workers });
  await expect(liveFaces(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText('Saved on this device.')).toBeVisible();
});
