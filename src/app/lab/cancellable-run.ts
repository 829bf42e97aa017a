import { MienError } from '../../engine/errors';
import { Store } from '../../engine/store';

export type RunState<T> =
  | { readonly status: 'idle' }
  | { readonly status: 'running'; readonly done: number; readonly total: number }
  | { readonly status: 'failed'; readonly error: MienError }
  | { readonly status: 'done'; readonly result: T };

/** Progress listener. */
export type OnProgress = (done: number, total: number) => void;

/** A long task: at most one run at a time, with progress and cancellation. */
export class CancellableRun<T> {
  readonly #store = new Store<RunState<T>>({ status: 'idle' });
  #current = new AbortController();

  readonly getSnapshot = () => this.#store.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#store.subscribe(listener);

  /** Cancels the current run and starts another one. Ignores reports and errors of cancelled work. */
  async start(total: number, work: (signal: AbortSignal, onProgress: OnProgress) => Promise<T>): Promise<void> {
    this.cancel();
    const { signal } = (this.#current = new AbortController());
    const put = (state: RunState<T>) => !signal.aborted && this.#store.set(state);
    put({ status: 'running', done: 0, total });
    try {
      put({ status: 'done', result: await work(signal, (done, of) => put({ status: 'running', done, total: of })) });
    } catch (error) {
      put({ status: 'failed', error: MienError.from(error) });
    }
  }

  /** Cancels the current run and discards its result. */
  cancel(): void {
    this.#current.abort();
    this.#store.set({ status: 'idle' });
  }
}
