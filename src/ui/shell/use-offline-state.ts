import { useSyncExternalStore } from 'react';
import { offlineCopy, type OfflineState } from '../../app/offline-copy';

/** Whether the app works without a network, as it changes. */
export function useOfflineState(): OfflineState {
  return useSyncExternalStore(offlineCopy.subscribe, offlineCopy.getSnapshot);
}
