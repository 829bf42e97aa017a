import { expectBackend, expectFaces, faceCards, openReady, trySample } from './support/app';
import { recordRequests } from './support/requests';
import { expect, test } from './support/test';

// WebGL: faults.spec.ts; WebAssembly: engine-files.spec.ts.
test("JavaScript reproduces PyTorch's answers within 0.01 and reads a face", async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('mien.settings', JSON.stringify({ backend: 'cpu' })));
  await openReady(page);
  await expectBackend(page, 'JavaScript (slow)');
  await trySample(page, 'One face');
  await expectFaces(page, 1);
  await expect(faceCards(page).first()).toContainText('%');
});

test('a backend with wrong answers is rejected', async ({ page }) => {
  await page.route('**/mien-s/golden.json', async (route) => {
    const response = await route.fetch();
    const golden = (await response.json()) as { logits: Record<string, number[][]> };
    for (const rows of Object.values(golden.logits)) for (const row of rows) row.reverse();
    await route.fulfill({ response, json: golden });
  });
  await page.goto('.');
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 60_000 });
});

test.describe('on a first visit', () => {
  test.use({ isKnown: false });

  test('the fastest backend is measured, without a request to another origin, and remembered', async ({ page, context }) => {
    const requests = recordRequests(context);
    const remembered = () => page.evaluate(() => localStorage.getItem('mien.fastest-backend'));
    await openReady(page);
    expect(await remembered()).toBeNull();
    await trySample(page, 'One face');
    await expectFaces(page, 1);
    // Measured after the first result, in a temporary worker. Software WebGL is slow.
    await expect.poll(remembered, { timeout: 80_000 }).toContain('"backend":"wasm"');
    await expect.poll(() => page.workers().length).toBe(2);
    // By the engine's worker, and by the measuring one.
    expect(requests.all.filter((url) => url.endsWith('/mien-s/weights.bin'))).toHaveLength(2);
    expect(requests.offOrigin(new URL(page.url()).origin)).toEqual([]);

    await page.reload();
    await openReady(page);
    await trySample(page, 'One face');
    await expectFaces(page, 1);
    await page.waitForTimeout(2_500);
    expect(page.workers()).toHaveLength(2);
  });
});
