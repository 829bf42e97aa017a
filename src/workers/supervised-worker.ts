import { releaseProxy, wrap, type Remote } from 'comlink';
import { MienError } from '../engine/errors';
import { spawnModuleWorker } from '../engine/module-worker';

interface WorkerOptions {
  /** Built script of the worker, see `spawnModuleWorker`. */
  readonly url: string;
  readonly name: string;
  readonly base?: string;
  /** Maps a break to the error of pending calls; `hasRun` is false if the script could not be loaded. */
  readonly onBreak: (message: string, hasRun: boolean) => MienError | Promise<MienError>;
}

/** A module worker behind comlink. When it breaks, hangs or is ended, pending calls reject and its resources are freed. */
export class SupervisedWorker<Api> {
  readonly remote: Remote<Api>;
  readonly #endWorker: () => void;
  readonly #life = new AbortController();

  constructor({ url, name, base, onBreak }: WorkerOptions) {
    const { worker, end } = spawnModuleWorker(url, name, base);
    let hasRun = false;
    worker.addEventListener('message', () => (hasRun = true), { once: true });
    const onError = (message: string) => {
      const why = onBreak(message, hasRun);
      if (why instanceof MienError) this.end(why);
      else void why.then((error) => this.end(error));
    };
    worker.addEventListener('error', ({ message }) => onError(message));
    worker.addEventListener('messageerror', () => onError('a message could not be read'));
    this.#endWorker = end;
    this.remote = wrap<Api>(worker);
  }

  /** Aborts, with the reason, when the worker is gone. */
  get gone(): AbortSignal {
    return this.#life.signal;
  }

  /** Makes one call; if it takes longer than `timeoutMs`, ends the worker with the error `late`. */
  async call<T>(send: (remote: Remote<Api>) => Promise<T>, timeoutMs: number, late: MienError): Promise<T> {
    this.gone.throwIfAborted();
    return whileAlive(this.gone, send(this.remote), { timeoutMs, late, end: () => this.end(late) });
  }

  /** Ends the worker at once; idempotent. */
  end(why: MienError): void {
    if (this.gone.aborted) return;
    this.#life.abort(why);
    this.remote[releaseProxy]();
    this.#endWorker();
  }
}

/** Time limit of a call, the error on timeout, and how to end its worker. */
interface Patience {
  readonly timeoutMs: number;
  /** Time of the worker's last sign of progress, on `performance.now()`, from which the limit counts anew; default: none. */
  readonly heardMs?: () => number;
  readonly late: MienError;
  readonly end: () => void;
}

/**
 * Returns the answer unless the worker dies first or takes too long. Removes its listener from the signal: `Promise.race` with a promise that
 * outlives the call would keep every answer in memory.
 *
 * @param gone aborts, with the reason, when the worker is gone.
 */
export async function whileAlive<T>(gone: AbortSignal, answer: Promise<T>, { timeoutMs, heardMs = () => -Infinity, late, end }: Patience): Promise<T> {
  let onGone: () => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const failure = new Promise<never>((_, reject) => {
    onGone = () => reject(MienError.from(gone.reason));
    if (gone.aborted) onGone();
    else gone.addEventListener('abort', onGone);
    if (timeoutMs === Infinity) return;
    let countsFromMs = performance.now();
    const wait = (ms: number) => {
      timer = setTimeout(() => {
        if (heardMs() > countsFromMs) {
          countsFromMs = heardMs();
          return wait(countsFromMs + timeoutMs - performance.now());
        }
        reject(late);
        end();
      }, ms);
    };
    wait(timeoutMs);
  });
  try {
    return await Promise.race([answer, failure]);
  } finally {
    clearTimeout(timer);
    gone.removeEventListener('abort', onGone);
  }
}
