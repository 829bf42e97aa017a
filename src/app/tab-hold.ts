import { heldWith, holdLock, tryLock } from '../session/held-lock';
import { tabStorage } from './tab-memory';

/** An open browser tab. */
export interface Tab {
  /** Survives a reload of the tab; a duplicated tab gets its own. */
  readonly id: string;
  /** Simulates closing the tab. */
  readonly letGo: () => void;
}

const KEY = 'mien-tab';
const PREFIX = 'mien-tab-';
/** Wait for the lock of a reloaded page, which may be released late. */
const PATIENCE_MS = 2000;

/**
 * Identifies this tab and holds a lock while it is open. Without Web Locks, tabs do not know of each other.
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

/** This page's tab. */
export function pageTab(): Promise<Tab> {
  page ??= holdTab();
  return page;
}

/** Ids of open tabs; null if unknown. */
export function openTabs(): Promise<ReadonlySet<string> | null> {
  return heldWith(PREFIX);
}
