/** Silence is counted in timer ticks, not clock time: none elapse while a laptop or page sleeps. */
const TICK_MS = 5_000;
/** One minute without an answer counts as death: software-rendered WebGL keeps a thread busy for seconds at a time. */
const MOST_SILENT_TICKS = 12;

/** A worker that is watched. */
export interface Watched {
  /** Answers at once if the worker is alive and idle. */
  readonly ping: () => Promise<unknown>;
  /** Fetches the whole script of the worker again. */
  readonly fetchScript: () => Promise<unknown>;
}

/**
 * Watches a worker until `signal` aborts: no event reports its death, and downloads and long computations have no time limit. Calls `onSilent`
 * once after a minute of silence, counted from the last answer, or, before the first answer, from when the page itself has received the
 * script, since a slow network is not an error.
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
