import type { Page } from '@playwright/test';

/** Where and when something came up on a page. */
interface Appearance {
  /** Its centre, CSS pixels. */
  readonly x: number;
  readonly y: number;
  /** Of the first display frame that can show it, ms since the navigation began. */
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
 * Runs in the page, before its own scripts. Playwright's own way to wait for elements asks the page again and
 * again, for hundreds of milliseconds of its main thread in all; this waits for the page to change.
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

/** A browser that has just been started is busy with itself for a while; it is the page that is measured. */
const SETTLE_MS = 2_000;

export function settled(page: Page): Promise<void> {
  return page.waitForTimeout(SETTLE_MS);
}

/** To be called before the page is opened. */
export async function watch(page: Page): Promise<void> {
  // tsx names functions by a helper of its own, which the page lacks.
  await page.addInitScript('globalThis.__name = (f) => f');
  await page.addInitScript(watchPage);
}

/** What has not come by then never will: the page has changed since the selector was written, or is broken. */
const LONGEST_WAIT_MS = 60_000;

/** Waits until an element that matches and holds the words is there; rejects where none comes. */
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

/** Presses it as soon as it is there, where it then is. */
export async function press(page: Page, selector: string, words = ''): Promise<void> {
  const { x, y } = await appearance(page, selector, words);
  await page.mouse.click(x, y);
}
