/** Playwright's `test` with what the app's own tests share. Specs import it in Playwright's place. */
import { expect, test as base, type Page } from '@playwright/test';
import { clearRead, openReady } from './app';
import { beKnown } from './browser';

export * from '@playwright/test';

export interface VisitorOptions {
  /**
   * Whether WebAssembly was found fastest on this device before. A first visitor's page measures the other backends after
   * its first result, which in software takes as long as the rest of a test.
   */
  readonly isKnown: boolean;
}

interface TestFixtures {
  /**
   * The app at "Read", engine ready, no file chosen: one page for all tests of a worker, since starting app and engine costs
   * more than most of what is read in them. For tests that only choose files: what changes settings, answers requests or
   * hooks into the page takes `page`.
   */
  readonly readyPage: Page;
}

interface WorkerFixtures {
  readonly keptPage: Page;
}

export const test = base.extend<TestFixtures & VisitorOptions, WorkerFixtures>({
  isKnown: [true, { option: true }],
  // Not by Playwright's stored state: it opens a page of its own in each test, for half a second of processor time.
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
    // A test that failed has ended its worker, and with it the page.
    await clearRead(keptPage);
    await expect(keptPage.getByTestId('engine-status')).toHaveAttribute('data-status', 'ready');
  },
});
