/** Where the focus was: an element, what it lay in, from the inside, and at which place of that. */
interface Spot {
  readonly chain: readonly { readonly element: Element; readonly index: number }[];
  readonly inWayBack: boolean;
}

const FOCUSABLE = ['a[href]', 'button:enabled:not([aria-disabled="true"])', 'input:enabled:not([type="file"])', 'select:enabled', 'textarea:enabled', 'summary', '[tabindex="0"]'].join();
/** What takes back the last change: an `UndoBar`. Its value is another for another change. */
const WAY_BACK = '[data-way-back]';

/**
 * A button that goes with what it did, as "Delete" goes with its row, leaves the focus nowhere, and a key's way through the page begins anew. The
 * focus then goes to the way back, where one has come with it; from there back to where it was; else to what stands in the button's place.
 *
 * Where the mouse or a finger pressed it, the focus stays nowhere: a key that is then meant for the page, as Space, would press what nobody chose.
 *
 * @returns ends it.
 */
export function keepPageFocus(): () => void {
  let last: Spot | null = null;
  /** Of the way back that has the focus: where it was before. */
  let prior: Spot | null = null;
  /** What they were for. */
  let waysBack = new Map<Element, string | null>();
  let byPointer = false;
  /** Until the focus is put right; null: it need not be. */
  let frame: number | null = null;
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    // Dialogs and menus have ways of their own.
    if (!target.closest('#main')) {
      last = null;
      return;
    }
    const spot = spotOf(target);
    if (spot.inWayBack && last && !last.inWayBack) prior = last;
    last = spot;
    waysBack = new Map([...document.querySelectorAll(WAY_BACK)].map((way) => [way, changeOf(way)]));
  };
  // A click beside everything takes the focus away as it is meant to.
  const onPointerDown = ({ target }: PointerEvent) => {
    byPointer = true;
    if (target instanceof Element && !target.closest(`${FOCUSABLE}, label, [tabindex]`)) last = null;
  };
  const onKeyDown = () => {
    byPointer = false;
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
    // A page that changes all the time does not begin the wait anew.
    if (frame !== null || !last || !isNowhere() || !isLost(last)) return;
    if (byPointer) {
      last = null;
      return;
    }
    // Dialogs, menus and views that know better where it goes move it within a frame.
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(restore);
    });
  });
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled', 'inert', 'hidden'] });
  document.addEventListener('focusin', onFocus);
  // Before what they do, and where that ends them.
  document.addEventListener('pointerdown', onPointerDown, true);
  document.addEventListener('keydown', onKeyDown, true);
  return () => {
    if (frame !== null) cancelAnimationFrame(frame);
    observer.disconnect();
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('pointerdown', onPointerDown, true);
    document.removeEventListener('keydown', onKeyDown, true);
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

/** The element itself where it can have the focus again; else what follows its place in the innermost thing that is left, or what precedes it. */
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
