import { openPlace, placeLink, READING_MS, startCamera, trySample } from './support/app';
import { expect, test } from './support/test';
import { chooseRate, openVideos } from './support/video';
import { clipFile, videoClips } from '../scripts/drawn-faces/video-clips';

declare global {
  interface Window {
    /** Text nodes that React holds as children, and would update or remove after they are gone (src/ui/jsx). */
    heldByReact: string[];
  }
}

/** Simulates a browser's translation: elements of its own replace every text node, including new ones. */
function translateAll(): void {
  const done = new WeakSet<Node>();
  window.heldByReact = [];
  const wrap = (node: Node) => {
    const parent = node.parentElement;
    if (!parent || done.has(node) || node.nodeValue === '' || ['SCRIPT', 'STYLE', 'TITLE', 'OPTION', 'TEXTAREA'].includes(parent.tagName)) return;
    if (Object.keys(node).some((key) => key.startsWith('__reactFiber'))) window.heldByReact.push(`${parent.tagName}.${parent.className}: ${node.nodeValue ?? ''}`);
    const outer = document.createElement('font' as string);
    const inner = document.createElement('font' as string);
    const translated = document.createTextNode(node.nodeValue ?? '');
    done.add(translated);
    inner.append(translated);
    outer.append(inner);
    parent.replaceChild(outer, node);
  };
  const wrapWithin = (root: Node) => {
    if (root.nodeType === Node.TEXT_NODE) return wrap(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts: Node[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    texts.forEach(wrap);
  };
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) addedNodes.forEach(wrapWithin);
  });
  addEventListener('DOMContentLoaded', () => {
    wrapWithin(document.body);
    observer.observe(document.body, { childList: true, subtree: true });
  });
}

test.beforeAll(async () => {
  await videoClips(['per-second.mp4']);
});

test.beforeEach(async ({ page }) => {
  await page.addInitScript(translateAll);
});

test.afterEach(async ({ page }) => {
  expect(await page.evaluate(() => window.heldByReact)).toEqual([]);
});

test('a translated page records while other tabs are shown, and leads back to the recording', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto('./');
  await startCamera(page);
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  const timer = page.getByRole('timer');
  await expect(timer).toHaveText('0:02', { timeout: 20_000 });
  for (const name of ['Read', 'Library', 'Read'] as const) {
    await openPlace(page, name);
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Recording webcam' }).click();
  await expect(placeLink(page, 'Live')).toHaveAttribute('aria-current', 'page');
  // It continued meanwhile, and its text still changes.
  const before = await timer.innerText();
  await expect(timer).not.toHaveText(before);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText('Saved on this device.')).toBeVisible({ timeout: 20_000 });
  await openPlace(page, 'Library');
  await expect(page.getByText(/^1 session, /)).toBeVisible();
  await expect(page.getByText('Something went wrong')).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('a translated page keeps its numbers up to date', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await openVideos(page, clipFile('per-second.mp4'));
  const hint = page.getByRole('region', { name: 'What to analyse' }).getByText(/frames to read/);
  await expect(hint).toContainText(/About \d+ frames/);
  const before = await hint.innerText();
  await chooseRate(page, '5 frames a second');
  await expect(hint).not.toHaveText(before);
  await expect(hint).toContainText(/About \d+ frames/);
  await trySample(page, 'Five faces');
  await expect(page.getByRole('status').filter({ hasText: '5 faces found' })).toBeVisible({ timeout: READING_MS });
  expect(errors).toEqual([]);
});
