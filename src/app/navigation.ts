export const TABS = ['photo', 'webcam', 'video', 'sessions'] as const;
export type TabName = (typeof TABS)[number];

/** Where the user is in the app. */
export interface Place {
  readonly tab: TabName;
  /** The session open on the sessions tab; null for the list. */
  readonly sessionId: string | null;
}

let place: Place = { tab: 'photo', sessionId: null };
const listeners = new Set<() => void>();

/** Calls back at every change, until the returned function is called. */
export function watchPlace(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentPlace(): Place {
  return place;
}

export function goTo(change: Partial<Place>): void {
  place = { ...place, ...change };
  for (const listener of listeners) listener();
}
