import { MienError } from '../engine/errors';

/** Consecutive failures that end a reading. */
export const MOST_FAILURES = 6;
/** Pause after the first failure, ms; it grows with each further one. A worker needs as long to be replaced. */
const PAUSE_MS = 400;

/** Consequence of a failed frame for the reading: lasting failures end it at once. */
export type Verdict = { readonly ended: true } | { readonly ended: false; readonly pauseMs: number };

/** Counts consecutive failures, in every kind of reading: however far apart they are, only a success resets the count. */
export class Failures {
  #inARow = 0;

  succeed(): void {
    this.#inARow = 0;
  }

  fail(error: MienError): Verdict {
    this.#inARow++;
    const ended = isLasting(error) || this.#inARow >= MOST_FAILURES;
    return ended ? { ended } : { ended, pauseMs: PAUSE_MS * this.#inARow };
  }
}

/** Whether the next frame is certain to fail too. */
function isLasting(error: MienError): boolean {
  return error.is('image', 'cross-origin') || error.is('engine', 'disposed') || error.is('engine', 'not-in-browser') || error.is('call');
}

/** Resolves after a time, or as soon as the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
