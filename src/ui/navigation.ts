import { startTransition, useEffect, useState } from 'react';

export const TABS = ['photo', 'webcam', 'video', 'sessions'] as const;
export type TabName = (typeof TABS)[number];

/** Where in the app one is. */
export interface Place {
  readonly tab: TabName;
  /** The session that is open on its tab; null: the list. */
  readonly sessionId: string | null;
}

let place: Place = { tab: 'photo', sessionId: null };
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function goTo(change: Partial<Place>): void {
  place = { ...place, ...change };
  for (const listener of listeners) listener();
}

export function usePlace(): Place {
  const [shown, setShown] = useState(place);
  useEffect(() => {
    // As a transition a tab is rendered in short turns; else it is one long task.
    const show = () => startTransition(() => setShown(place));
    show();
    return subscribe(show);
  }, []);
  return shown;
}
