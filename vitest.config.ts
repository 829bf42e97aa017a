import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';
import { clipServer } from './scripts/clip-server.ts';
import { faultyAssets } from './scripts/faulty-assets.ts';
import { findBrowser, launchOptions } from './scripts/find-browser.ts';
import { unitTests } from './scripts/unit-tests.ts';

const BROWSER_TESTS = ['src/**/*.browser.test.ts', 'src/**/*.browser.test.tsx'];

const { alone, together } = unitTests(['src', 'scripts', 'bench']);

const inNode = {
  environment: 'node' as const,
  // tfjs's gradients are ES modules that Node treats as CommonJS; its build for Node lacks them.
  server: { deps: { inline: [/tfjs-core\/dist\/(?!tf-core)/] } },
  // One test waits for Python to load pandas, which takes many seconds on a busy machine.
  testTimeout: 60_000,
};

/** If null, Playwright reports where it looked for a browser. `npm test` installs one first. */
const browser = findBrowser();

export default defineConfig({
  test: {
    projects: [
      // Most test files share a realm per process: a realm for each file would take several times as long as the tests.
      { test: { ...inNode, name: 'unit', include: together, isolate: false } },
      { test: { ...inNode, name: 'unit-alone', include: alone } },
      {
        // Installs four bundlers: part of `npm run test:long`.
        test: { name: 'bundlers', include: ['e2e/bundlers/*.test.ts'], environment: 'node' },
      },
      {
        plugins: [faultyAssets(fileURLToPath(new URL('public', import.meta.url))), clipServer()],
        worker: { format: 'es' },
        // Listed here, because discovering a dependency during the run reloads the page.
        optimizeDeps: {
          entries: ['src/**/*.worker.ts', ...BROWSER_TESTS],
        },
        test: {
          name: 'browser',
          include: BROWSER_TESTS,
          // All files share one page and, through `src/testing/engine.ts`, one engine, which takes seconds to load.
          isolate: false,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: browser === null ? {} : launchOptions(browser, ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--enable-unsafe-swiftshader']),
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
