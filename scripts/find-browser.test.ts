import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PLAYWRIGHT_DISABLES } from './find-browser';

test('keeps the features disabled that Playwright disables in Chromium', () => {
  const bundle = readFileSync('node_modules/playwright-core/lib/coreBundle.js', 'utf8');
  const list = /disabledFeatures = \[([^\]]*)\]/.exec(bundle)?.[1]?.replace(/\/\/.*/g, '') ?? '';
  expect(PLAYWRIGHT_DISABLES).toEqual(Array.from(list.matchAll(/"(\w+)"/g), ([, name]) => name));
});
