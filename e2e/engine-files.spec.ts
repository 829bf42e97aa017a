import { expect, test } from '@playwright/test';
import { MienError, type ErrorReason } from '../src/engine/errors';
import { wordError } from '../src/ui/wording';
import { openPhoto, READING_MS } from './support/app';

/** What is left of a file on its way; null: nothing, it is missing. */
const FAULTS: Readonly<Record<string, { url: string; cut: ((body: Buffer) => Buffer) | null; reason: ErrorReason<'model'> }>> = {
  'a loader that is missing': { url: '**/vision_wasm_module_internal.js', cut: null, reason: 'not-found' },
  'a loader that is cut short': { url: '**/vision_wasm_module_internal.js', cut: half, reason: 'corrupt' },
  'WebAssembly that is missing': { url: '**/vision_wasm_module_internal.wasm', cut: null, reason: 'not-found' },
  'WebAssembly that is cut short': { url: '**/vision_wasm_module_internal.wasm', cut: half, reason: 'corrupt' },
};

function half(body: Buffer): Buffer {
  return body.subarray(0, body.length / 2);
}

for (const [what, { url, cut, reason }] of Object.entries(FAULTS)) {
  test(`${what}: the message says so, and trying again works`, async ({ page }) => {
    await page.route(url, async (route) => {
      if (cut === null) return route.fulfill({ status: 404, contentType: 'text/html', body: 'Not found' });
      const response = await route.fetch();
      return route.fulfill({ response, body: cut(await response.body()) });
    });
    await openPhoto(page);
    const { title } = wordError(new MienError('model', reason));
    await expect(page.getByRole('alert').getByText(title)).toBeVisible({ timeout: READING_MS });

    await page.unroute(url);
    await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByTestId('engine-status')).toHaveAttribute('data-status', 'ready', { timeout: READING_MS });
  });
}
