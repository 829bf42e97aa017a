import { followPresses } from '../shared/follow-presses';

/** Position of the focus: the element, its ancestors (innermost first), and the index of each in its parent. */
interface Spot {
  readonly chain: readonly { readonly element: Element; readonly index: number }[];
  readonly inWayBack: boolean;
}

const FOCUSABLE = ['a[href]', 'button:enabled:not([aria-disabled="true"])', 'input:enabled:not([type="file"])', 'select:enabled', 'textarea:enabled', 'summary', '[tabindex="0"]'].join();
/** Undo bar of the last change (`UndoBar`). Its attribute value differs for each change. */
const WAY_BACK = '[data-way-back]';

/**
 * Moves the focus when the focused button is removed together with what it acted on, as "Delete" is with its row: otherwise keyboard users would have to
 * start at the top of the page. The focus moves to the undo bar if one appeared, from there back to where it was, else to the button's neighbour.
 *
 * After a mouse or touch press, the focus stays on the body: otherwise Space, meant for the page, would press a button that the user did not choose.
 *
 * @returns stops it.
 */
export function keepPageFocus(): () => void {
  let last: Spot | null = null;
  /** Position before the focus entered the undo bar. */
  let prior: Spot | null = null;
  /** Undo bars at the last focus event, with the changes that they undo. */
  let waysBack = new Map<Element, string | null>();
  const following = new AbortController();
  const { signal } = following;
  const isByPointer = followPresses(signal);
  /** Pending animation frame of the correction; null if none. */
  let frame: number | null = null;
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    // Dialogs and menus manage their own focus.
    if (!target.closest('#main')) {
      last = null;
      return;
    }
    const spot = spotOf(target);
    if (spot.inWayBack && last && !last.inWayBack) prior = last;
    last = spot;
    waysBack = new Map([...document.querySelectorAll(WAY_BACK)].map((way) => [way, changeOf(way)]));
  };
  // A click on the background removes the focus intentionally.
  const onPointerDown = ({ target }: PointerEvent) => {
    if (target instanceof Element && !target.closest(`${FOCUSABLE}, label, [tabindex]`)) last = null;
  };
  const restore = () => {
    frame = null;
    const spot = last;
    if (!spot || !isNowhere() || !isLost(spot)) return;
    const come = [...document.querySelectorAll(WAY_BACK)].find((way) => waysBack.get(way) !== changeOf(way) && isUsable(way));
    const target = come?.querySelector('button') ?? (spot.inWayBack && prior ? near(prior) : near(spot)) ?? document.getElementById('main');
    target?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(() => {
    // If the page changes continuously, the wait is not restarted.
    if (frame !== null || !last || !isNowhere() || !isLost(last)) return;
    if (isByPointer()) {
      last = null;
      return;
    }
    // Dialogs, menus and views with their own rules move the focus within a frame.
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(restore);
    });
  });
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled', 'inert', 'hidden'] });
  document.addEventListener('focusin', onFocus, { signal });
  document.addEventListener('pointerdown', onPointerDown, { capture: true, signal });
  return () => {
    if (frame !== null) cancelAnimationFrame(frame);
    observer.disconnect();
    following.abort();
  };
}

function spotOf(target: Element): Spot {
  const chain: { element: Element; index: number }[] = [];
  for (let element: Element | null = target; element; element = element.parentElement) {
    chain.push({ element, index: element.parentElement ? [...element.parentElement.children].indexOf(element) : 0 });
  }
  return { chain, inWayBack: target.closest(WAY_BACK) !== null };
}

function changeOf(wayBack: Element): string | null {
  return wayBack.getAttribute('data-way-back');
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function isLost({ chain: [own] }: Spot): boolean {
  return own !== undefined && (!isUsable(own.element) || own.element.matches(':disabled'));
}

function isUsable(element: Element): boolean {
  return element.isConnected && element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert], [aria-hidden="true"]');
}

/** The same element if it can be focused; else the next focusable element in its innermost remaining ancestor, or the previous one. */
function near({ chain }: Spot): HTMLElement | null {
  const [own] = chain;
  if (own && own.element instanceof HTMLElement && isUsable(own.element) && !own.element.matches(':disabled')) return own.element;
  for (const [i, { element }] of chain.entries()) {
    if (i === 0 || !isUsable(element)) continue;
    const { index } = chain[i - 1] ?? { index: 0 };
    const children = [...element.children];
    const after = children.slice(index).flatMap(focusables)[0];
    const found = after ?? children.slice(0, index).flatMap(focusables).at(-1);
    if (found) return found;
    if (element.id === 'main') break;
  }
  return null;
}

function focusables(root: Element): HTMLElement[] {
  const all = [...root.querySelectorAll<HTMLElement>(FOCUSABLE)];
  if (root instanceof HTMLElement && root.matches(FOCUSABLE)) all.unshift(root);
  return all.filter((element) => isUsable(element) && !element.closest(WAY_BACK));
}
