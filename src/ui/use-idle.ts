import { useEffect, useState } from 'react';

/** Later than this it happens even if the page is never idle, ms. */
const LATEST_MS = 5000;

/** True once the page has had a moment with nothing to do: for what can wait until the start is over. */
export function useIdle(wanted: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!wanted || idle) return;
    // Not in Safari.
    if (!('requestIdleCallback' in globalThis)) {
      const timer = setTimeout(() => setIdle(true), LATEST_MS);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(() => setIdle(true), { timeout: LATEST_MS });
    return () => cancelIdleCallback(handle);
  }, [wanted, idle]);
  return idle;
}
