import { useSyncExternalStore } from 'react';
import { offlineCopy, type OfflineState } from '../../app/offline-copy';

/** Whether the app works without a network, kept up to date. */
export function useOfflineState(): OfflineState {
  return useSyncExternalStore(offlineCopy.subscribe, offlineCopy.getSnapshot);
}
