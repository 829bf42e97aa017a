import { useSyncExternalStore } from 'react';
import { settingsStore, type Settings } from '../app/settings';

/** The page's settings and a function that updates some of them. */
export function useSettings(): [Settings, (change: Partial<Settings>) => void] {
  const store = settingsStore();
  return [useSyncExternalStore(store.subscribe, store.getSnapshot), store.update];
}
