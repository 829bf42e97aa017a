import { heldWith, holdLock } from './held-lock';

const PREFIX = 'mien-session-';

/** Tells other tabs that a session is being recorded here, until the returned function is called or the tab dies. */
export function holdSession(id: string): Promise<() => void> {
  return holdLock(PREFIX + id);
}

/** The sessions that are being recorded in this tab and in others; null where that cannot be known. */
export function heldSessions(): Promise<ReadonlySet<string> | null> {
  return heldWith(PREFIX);
}
