import { heldWith, holdLock, tryLock } from '../session/held-lock';
import { tabStorage } from './tab-memory';

/** A tab of the browser, as long as it is open. */
export interface Tab {
  /** Stays the same when the tab is reloaded; a duplicate of the tab has another. */
  readonly id: string;
  /** As if the tab were closed. */
  readonly letGo: () => void;
}

const KEY = 'mien-tab';
const PREFIX = 'mien-tab-';
/** A page that is reloaded may keep its lock for a moment. */
const PATIENCE_MS = 2000;

/**
 * Says who this tab is, and that it is open. Where the browser has no Web Locks, no tab knows of others.
 *
 * @param storage of this tab alone; null if denied.
 */
export async function holdTab(storage: Storage | null = tabStorage()): Promise<Tab> {
  const known = storage?.getItem(KEY) ?? null;
  if (known !== null) {
    const letGo = await tryLock(PREFIX + known, PATIENCE_MS);
    if (letGo) return { id: known, letGo };
  }
  const id = crypto.randomUUID();
  const letGo = await holdLock(PREFIX + id);
  storage?.setItem(KEY, id);
  return { id, letGo };
}

let page: Promise<Tab> | null = null;

/** The tab of this page. */
export function pageTab(): Promise<Tab> {
  page ??= holdTab();
  return page;
}

/** Ids of the tabs that are open; null where that cannot be known. */
export function openTabs(): Promise<ReadonlySet<string> | null> {
  return heldWith(PREFIX);
}
