import { useEffect, useState } from 'react';
import { offlineCopy, type OfflineState } from '../../offline/register';

/** Whether the app works without a network, as it changes. */
export function useOfflineState(): OfflineState {
  const [state, setState] = useState(offlineCopy.state);
  useEffect(() => offlineCopy.watch(setState), []);
  return state;
}
