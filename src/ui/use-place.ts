import { startTransition, useEffect, useState } from 'react';
import { currentPlace, watchPlace, type Place } from '../app/navigation';

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
