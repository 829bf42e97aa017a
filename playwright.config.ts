import { defineConfig } from '@playwright/test';
import { cameraLaunchOptions, testBrowser } from './e2e/support/browser';
import type { VisitorOptions } from './e2e/support/test';

/**
 * Drives the built site. `MIEN_DIST` names another build than `dist`, `MIEN_PORT` another port, so that
 * several can be tested side by side. Projects: `chromium` is the suite, `long` what takes minutes by its nature,
 * `firefox-smoke` and `webkit-smoke` one pass through the app in Playwright's builds of those. How to run one spec: e2e/README.md.
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
  // One more than the smallest machine has cores: a test waits for its camera or its clock nearly half of the time.
  workers: 3,
  // Ends what hangs, and judges no speed: with a load of 13 on two cores a test took 90 s and more.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env.CI !== undefined,
  // Once more in a new browser, and named as flaky: of some hundred browsers on a small shared machine one may hang as a whole.
  retries: process.env.CI === undefined ? 0 : 1,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME === undefined ? 'list' : [['list'], ['json']],
  use: {
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    // Where it matters (offline.spec.ts), a test allows it: elsewhere it would hide requests from the test.
    serviceWorkers: 'block',
    // Recording one slows every page down, and only a failure needs it.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'chromium', testIgnore: ['long/**', 'bundlers/**'], use: chromium },
    { name: 'long', testMatch: 'long/**', workers: 1, use: chromium },
    { name: 'firefox-smoke', testMatch: 'smoke/**', use: { browserName: 'firefox', isKnown: false } },
    { name: 'webkit-smoke', testMatch: 'smoke/**', use: { browserName: 'webkit', isKnown: false } },
  ],
  webServer: {
    command: `npx vite preview --outDir ${dist} --port ${port} --strictPort`,
    url,
    // A server that is there already may serve another build, which would be tested in silence.
    reuseExistingServer: false,
  },
});
