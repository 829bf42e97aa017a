/** Time in which a fast network loads the page's initial scripts (vite.config.ts), ms. */
const FAST_MS = 500;

/**
 * Resolves when large files may be fetched: as soon as the interface's scripts have loaded if that was fast, else after `usable`, which
 * parallel downloads would delay on a slow network.
 */
export async function networkIsFree(usable: Promise<unknown>): Promise<void> {
  const over = usable.then(
    () => 0,
    () => 0,
  );
  if ((await Promise.race([scriptsTookMs(), over])) > FAST_MS) await over;
}

function scriptsTookMs(): Promise<number> {
  const awaited = new Set(Array.from(document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]'), ({ href }) => href));
  let [fromMs, toMs] = [Infinity, 0];
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => see(list.getEntries()));
    const see = (entries: readonly PerformanceEntry[]) => {
      for (const { name, startTime, duration } of entries) {
        if (!awaited.delete(name)) continue;
        fromMs = Math.min(fromMs, startTime);
        toMs = Math.max(toMs, startTime + duration);
      }
      if (awaited.size > 0) return;
      observer.disconnect();
      resolve(toMs - fromMs);
    };
    observer.observe({ type: 'resource' });
    see(performance.getEntriesByType('resource'));
  });
}
