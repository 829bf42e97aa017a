import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Rules that depend on colours and sizes; names and roles are the same in either scheme and at any size. */
const LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable'];

/** Scope of axe; by default the whole page and all rules. */
interface Scope {
  readonly rules?: readonly string[];
  /** A selector. */
  readonly within?: string;
}

/** Expects no axe violations on the current page. */
export async function expectAccessible(page: Page, { rules, within }: Scope = {}): Promise<void> {
  // Colours in transition have the contrast of neither state.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // Without legacy mode it opens a page for each analysis, to support frames from other origins.
  // react-aria keeps its announcements for seconds, and references their button even after its removal.
  const axe = new AxeBuilder({ page }).setLegacyMode().exclude('[data-live-announcer]');
  if (rules) axe.withRules([...rules]);
  if (within !== undefined) axe.include(within);
  const { violations, passes } = await axe.analyze();
  expect(passes.length).toBeGreaterThan(rules === undefined && within === undefined ? 10 : 0);
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id} ${html} ${failureSummary ?? ''}`));
  // A tip under the pointer belongs to its control, though it is outside all landmarks.
  expect(found.filter((each) => !each.startsWith('region <div data-overlay-container'))).toEqual([]);
}

/** As `expectAccessible`, in light at the usual size; also the rules for looks in dark on a phone, where nothing may overflow sideways either. */
export async function expectAccessibleInBothSchemes(page: Page): Promise<void> {
  const usual = page.viewportSize();
  await page.emulateMedia({ colorScheme: 'light' });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 740 });
  // Open parts move a moment after the window.
  await expect.poll(() => stickingOut(page)).toEqual([]);
  await expectAccessible(page, { rules: LOOKS });
  await page.emulateMedia({ colorScheme: 'light' });
  if (usual) await page.setViewportSize(usual);
}

/** The elements that make the page scroll sideways. */
export function stickingOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth === clientWidth) return [];
    const wide = [...document.body.querySelectorAll<HTMLElement>('*:not(svg, svg *)')].filter((element) => element.getBoundingClientRect().right > clientWidth);
    return wide.map(({ tagName, className, textContent }) => `${tagName} ${className} ${textContent.slice(0, 30)}`);
  });
}
