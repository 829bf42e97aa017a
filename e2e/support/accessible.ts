import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The rules that colours and sizes decide: names and roles are the same in either scheme and at any size. */
const LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable'];

/** What axe looks at: the whole page by all rules, unless told otherwise. */
interface Scope {
  readonly rules?: readonly string[];
  /** A selector. */
  readonly within?: string;
}

/** Expects that axe finds nothing wrong with the page as it stands. */
export async function expectAccessible(page: Page, { rules, within }: Scope = {}): Promise<void> {
  // Colours that are on their way from one to the other have a contrast of neither.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // Else it opens a page for each analysis, for the sake of frames from other origins.
  // What react-aria said aloud stays there for seconds, and names its button even when that has gone meanwhile.
  const axe = new AxeBuilder({ page }).setLegacyMode().exclude('[data-live-announcer]');
  if (rules) axe.withRules([...rules]);
  if (within !== undefined) axe.include(within);
  const { violations, passes } = await axe.analyze();
  expect(passes.length).toBeGreaterThan(rules === undefined && within === undefined ? 10 : 0);
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`) }))).toEqual([]);
}

/** As above, in light at the usual size; and by its looks in dark on a phone, where nothing may stick out sideways either. */
export async function expectAccessibleInBothSchemes(page: Page): Promise<void> {
  const usual = page.viewportSize();
  await page.emulateMedia({ colorScheme: 'light' });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 740 });
  // What is open moves a moment after the window.
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
