/** Silence is counted in ticks of a timer, not by the time of day: while a laptop or a page sleeps, none passes. */
const TICK_MS = 5_000;
/** A minute without an answer counts as death: a thread is busy for seconds at a time, where WebGL is computed in software. */
const MOST_SILENT_TICKS = 12;

/** A worker that starts. */
export interface Starting {
  /** Answers at once where the worker lives and is not busy. */
  readonly ping: () => Promise<unknown>;
  /** Fetches its script whole, once more. */
  readonly fetchScript: () => Promise<unknown>;
}

/**
 * Watches a worker while it starts, until `signal` aborts: one that dies tells nobody, and downloads, which may take any time, have no
 * limit of their own. Tells once of one that is silent for a minute: since its last sign, or before its first one since the page itself
 * has got its script, since a slow network is no fault.
 */
export function watchStart({ ping, fetchScript }: Starting, onSilent: () => void, signal: AbortSignal): void {
  let silentTicks = 0;
  let isAwaited = false;
  let hasScript = false;
  const ask = () => {
    isAwaited = true;
    ping().then(() => {
      isAwaited = false;
      silentTicks = 0;
      hasScript = true;
    }, () => undefined);
  };
  const onTick = () => {
    if (!isAwaited) return ask();
    if (++silentTicks < MOST_SILENT_TICKS) return;
    stop();
    if (hasScript) return onSilent();
    // From the cache, or in the same answer as the worker's own; whether it comes or not, no more is waited for.
    void fetchScript().catch(() => undefined).then(() => {
      if (signal.aborted) return;
      hasScript = true;
      silentTicks = 0;
      start();
    });
  };
  let timer: ReturnType<typeof setInterval>;
  const start = () => (timer = setInterval(onTick, TICK_MS));
  const stop = () => clearInterval(timer);
  ask();
  start();
  signal.addEventListener('abort', stop, { once: true });
}
