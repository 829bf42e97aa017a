import type { Page } from '@playwright/test';

/** Position and time of an element's appearance on a page. */
interface Appearance {
  /** Its centre, CSS pixels. */
  readonly x: number;
  readonly y: number;
  /** Time of the first frame that can show it, ms since the navigation started. */
  readonly atMs: number;
}

interface Watch {
  appears(selector: string, words: string): Promise<Appearance>;
}

declare global {
  interface Window {
    benchWatch: Watch;
  }
}

/**
 * Runs in the page, before its own scripts. Playwright's way of waiting for elements polls the page, which takes
 * hundreds of milliseconds of its main thread in total; this observes changes of the page instead.
 */
function watchPage(): void {
  window.benchWatch = {
    appears: (selector, words) =>
      new Promise((resolve) => {
        const look = () => {
          const found = Array.from(document.querySelectorAll(selector)).find((e) => e.textContent.includes(words));
          if (!found) return;
          changes.disconnect();
          requestAnimationFrame((atMs) => {
            const { x, y, width, height } = found.getBoundingClientRect();
            resolve({ x: x + width / 2, y: y + height / 2, atMs });
          });
        };
        const changes = new MutationObserver(look);
        changes.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['href', 'aria-label'] });
        look();
      }),
  };
}

/** A browser is busy after its start, which would distort the page's times. */
const SETTLE_MS = 2_000;

export function settled(page: Page): Promise<void> {
  return page.waitForTimeout(SETTLE_MS);
}

/** Call before opening the page. */
export async function watch(page: Page): Promise<void> {
  // tsx wraps functions in a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (f) => f');
  await page.addInitScript(watchPage);
}

/** An element that takes longer will not appear: the selector is outdated, or the page is broken. */
const LONGEST_WAIT_MS = 60_000;

/** Waits for an element that matches the selector and contains the words. @throws Error if none appears. */
export async function appearance(page: Page, selector: string, words = ''): Promise<Appearance> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${selector} with “${words}” came up`)), LONGEST_WAIT_MS);
  });
  try {
    return await Promise.race([page.evaluate(([s, w]) => window.benchWatch.appears(s, w), [selector, words] as const), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Clicks an element at its position as soon as it appears. */
export async function press(page: Page, selector: string, words = ''): Promise<void> {
  const { x, y } = await appearance(page, selector, words);
  await page.mouse.click(x, y);
}
