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
  // tfjs's gradients are ES modules that Node takes for CommonJS; its own build for Node lacks them.
  server: { deps: { inline: [/tfjs-core\/dist\/(?!tf-core)/] } },
  // One waits for Python to load pandas; a busy machine needs many seconds for it.
  testTimeout: 60_000,
};

/** Without one, Playwright names what it looked for. `npm test` installs one first. */
const browser = findBrowser();

export default defineConfig({
  test: {
    projects: [
      // Nearly all files share a realm in each process: starting one for each costs several times what the tests do.
      { test: { ...inNode, name: 'unit', include: together, isolate: false } },
      { test: { ...inNode, name: 'unit-alone', include: alone } },
      {
        // Installs four bundlers of its own: part of `npm run test:long`.
        test: { name: 'bundlers', include: ['e2e/bundlers/*.test.ts'], environment: 'node' },
      },
      {
        plugins: [faultyAssets(fileURLToPath(new URL('public', import.meta.url))), clipServer()],
        worker: { format: 'es' },
        // Named here, since one that is found in the middle of a run reloads the page.
        optimizeDeps: {
          entries: ['src/**/*.worker.ts', ...BROWSER_TESTS],
        },
        test: {
          name: 'browser',
          include: BROWSER_TESTS,
          // All files share one page, and by `src/testing/engine.ts` one engine: loading one takes seconds.
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
