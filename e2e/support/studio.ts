import type { Browser, Page } from '@playwright/test';

const studios = new WeakMap<Browser, Promise<Page>>();

/**
 * A blank page on which a test draws or plays: one per browser, in its own window, so that the page under test stays in front.
 * Opening one costs half a second of processor time.
 */
export function studioOf(page: Page): Promise<Page> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  let studio = studios.get(browser);
  if (!studio) studios.set(browser, (studio = browser.newContext().then((context) => context.newPage())));
  return studio;
}
