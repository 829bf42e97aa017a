/** Playwright's `test` with shared fixtures. Specs import it instead of Playwright's. */
import { expect, test as base, type Page } from '@playwright/test';
import { clearRead, openReady } from './app';
import { beKnown } from './browser';

export * from '@playwright/test';

export interface VisitorOptions {
  /**
   * Whether WebAssembly was already measured the fastest on this device. A first visitor's page measures the other backends after its
   * first result, which in software takes as long as the rest of a test.
   */
  readonly isKnown: boolean;
}

interface TestFixtures {
  /**
   * The app at "Read", engine ready, no file chosen: one page for all tests of a worker, since starting app and engine costs more
   * than most readings. For tests that only choose files: tests that change settings, answer requests or hook into the page use
   * `page`.
   */
  readonly readyPage: Page;
}

interface WorkerFixtures {
  readonly keptPage: Page;
}

export const test = base.extend<TestFixtures & VisitorOptions, WorkerFixtures>({
  isKnown: [true, { option: true }],
  // Without Playwright's stored state: it opens a page in each test, for half a second of processor time.
  context: async ({ context, baseURL, isKnown }, use) => {
    if (isKnown) await beKnown(context, baseURL);
    await use(context);
  },
  keptPage: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport, permissions, serviceWorkers } = project.use;
      const context = await browser.newContext({ baseURL, viewport, permissions, serviceWorkers });
      await beKnown(context, baseURL);
      const page = await context.newPage();
      await openReady(page);
      await use(page);
      await context.close();
    },
    { scope: 'worker' },
  ],
  readyPage: async ({ keptPage }, use) => {
    await use(keptPage);
    // A failed test has ended its worker, and with it the page.
    await clearRead(keptPage);
    await expect(keptPage.getByTestId('engine-status')).toHaveAttribute('data-status', 'ready');
  },
});
