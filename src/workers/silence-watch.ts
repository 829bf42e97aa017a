/** Silence is counted in timer ticks, not clock time: none elapse while a laptop or page sleeps. */
const TICK_MS = 5_000;
/** One minute without an answer counts as death: software-rendered WebGL keeps a thread busy for seconds at a time. */
const MOST_SILENT_TICKS = 12;

/** A worker that is watched. */
export interface Watched {
  /** Answers at once where the worker lives and is not busy. */
  readonly ping: () => Promise<unknown>;
  /** Fetches the whole script of the worker again. */
  readonly fetchScript: () => Promise<unknown>;
}

/**
 * Watches a worker from its start until `signal` aborts: one that dies tells nobody, and downloads and long computations, which may
 * take any time, have no limit of their own. Tells once of one that is silent for a minute: since its last sign, or before its first one
 * since the page itself has got its script, since a slow network is no fault.
 */
export function watchSilence({ ping, fetchScript }: Watched, onSilent: () => void, signal: AbortSignal): void {
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
    // Served from the cache or by the same response as the worker's own request; success or failure, the countdown starts.
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
