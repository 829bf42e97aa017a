import { defineConfig } from '@playwright/test';
import { cameraLaunchOptions, testBrowser } from './e2e/support/browser';
import type { VisitorOptions } from './e2e/support/test';

/**
 * Tests the built site. `MIEN_DIST` selects another build than `dist`, `MIEN_PORT` another port, so that
 * several can be tested in parallel. Projects: `chromium` is the suite, `long` contains tests that inherently take minutes,
 * `firefox-smoke` and `webkit-smoke` are one pass through the app in Playwright's builds of those browsers. To run a single spec, see e2e/README.md.
 */
const port = Number(process.env.MIEN_PORT ?? 4173);
const dist = process.env.MIEN_DIST ?? 'dist';
const url = `http://localhost:${port}/`;

if (process.env.TEST_WORKER_INDEX === undefined) console.log(`Browser: ${testBrowser.executablePath} (${testBrowser.origin})`);

const chromium = { browserName: 'chromium' as const, launchOptions: cameraLaunchOptions('one'), permissions: ['camera'] };

export default defineConfig<VisitorOptions>({
  testDir: 'e2e',
  globalSetup: './e2e/support/global-setup.ts',
  outputDir: process.env.MIEN_RESULTS ?? 'test-results',
  // One more than the smallest machine has cores: tests spend nearly half of their time waiting for a camera or a timer.
  workers: 3,
  // Only ends tests that hang; not a speed limit: with a load of 13 on two cores a test took over 90 s.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env.CI !== undefined,
  // Retries once in a new browser, reported as flaky: among hundreds of browsers on a small shared machine, one may hang.
  retries: process.env.CI === undefined ? 0 : 1,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME === undefined ? 'list' : [['list'], ['json']],
  use: {
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    // Enabled only by offline.spec.ts: elsewhere a service worker would hide requests from the test.
    serviceWorkers: 'block',
    // Recording a trace slows every page down, and only failures need one.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'chromium', testIgnore: ['long/**', 'bundlers/**', 'smoke/**'], use: chromium },
    { name: 'long', testMatch: 'long/**', workers: 1, use: chromium },
    { name: 'firefox-smoke', testMatch: 'smoke/**', use: { browserName: 'firefox', isKnown: false } },
    { name: 'webkit-smoke', testMatch: 'smoke/**', use: { browserName: 'webkit', isKnown: false } },
  ],
  webServer: {
    command: `npx vite preview --outDir ${dist} --port ${port} --strictPort`,
    url,
    // A running server may serve another build, which would be tested unnoticed.
    reuseExistingServer: false,
  },
});
