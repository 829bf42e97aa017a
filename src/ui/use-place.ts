import { startTransition, useEffect, useState, useSyncExternalStore } from 'react';
import { currentPlace, isAboutOpen, watchPlace, type Place } from '../app/navigation';

export function usePlace(): Place {
  const [shown, setShown] = useState(currentPlace);
  useEffect(() => {
    // As a transition, React renders a tab in short tasks; otherwise it is one long task.
    const show = () => startTransition(() => setShown(currentPlace()));
    show();
    return watchPlace(show);
  }, []);
  return shown;
}

export function useAboutOpen(): boolean {
  return useSyncExternalStore(watchPlace, isAboutOpen);
}
