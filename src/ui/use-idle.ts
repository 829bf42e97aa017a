import { useEffect, useState } from 'react';

/** Maximum wait if the page is never idle, ms. */
const LATEST_MS = 5000;

/** True once the page has been idle: for work that can wait until startup is over. */
export function useIdle(wanted: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!wanted || idle) return;
    // Safari lacks requestIdleCallback.
    if (!('requestIdleCallback' in globalThis)) {
      const timer = setTimeout(() => setIdle(true), LATEST_MS);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(() => setIdle(true), { timeout: LATEST_MS });
    return () => cancelIdleCallback(handle);
  }, [wanted, idle]);
  return idle;
}
