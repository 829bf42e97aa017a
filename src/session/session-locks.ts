import { heldWith, holdLock } from './held-lock';

const PREFIX = 'mien-session-';

/** Announces to other tabs that a session is being recorded here, until the returned function is called or the tab dies. */
export function holdSession(id: string): Promise<() => void> {
  return holdLock(PREFIX + id);
}

/** Sessions being recorded in any tab; null if unknown. */
export function heldSessions(): Promise<ReadonlySet<string> | null> {
  return heldWith(PREFIX);
}
