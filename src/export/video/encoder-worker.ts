import type { Remote } from 'comlink';
import { MienError } from '../../engine/errors';
import { valueOf, type Reply } from '../../engine/reply';
import { watchLock } from '../../workers/life-watch';
import { SupervisedWorker } from '../../workers/supervised-worker';
import type { EncoderWorkerApi } from './encoder.worker';
import workerUrl from './encoder.worker.ts?worker&url';

/** Far above the time of any frame, even on slow devices. */
const FRAME_TIMEOUT_MS = 30_000;
/** Includes encoding the queued frames and writing the index. */
const FINISH_TIMEOUT_MS = 120_000;
const CANCEL_TIMEOUT_MS = 3000;

/** The worker of one video. A call that times out is treated as a crash of the worker. */
export class EncoderWorker {
  readonly #worker = new SupervisedWorker<EncoderWorkerApi>({ url: workerUrl, name: 'mien-video', onBreak: (message) => failure(message) });

  constructor() {
    watchLock(this.#worker.remote, () => this.#worker.end(failure('the worker died')));
  }

  /** The worker has died or was ended. */
  get isOver(): boolean {
    return this.#worker.gone.aborted;
  }

  async call<T>(send: (api: Remote<EncoderWorkerApi>) => Promise<Reply<T>>, timeoutMs = FRAME_TIMEOUT_MS): Promise<T> {
    return valueOf(await this.#worker.call(send, timeoutMs, failure('no answer')));
  }

  /** Returns the video and ends the worker. */
  async finish(): Promise<Blob> {
    try {
      return await this.call((api) => api.finish(), FINISH_TIMEOUT_MS);
    } finally {
      this.end();
    }
  }

  /** Encoder, worker and file are gone when it resolves. */
  async cancel(): Promise<void> {
    // An unresponsive worker is ended too.
    await this.call((api) => api.cancel(), CANCEL_TIMEOUT_MS).catch(() => undefined);
    this.end();
  }

  /** Rejects pending and later calls with `encoding/failed`. */
  end(): void {
    this.#worker.end(failure('ended'));
  }
}

function failure(why: string): MienError {
  return new MienError('encoding', 'failed', why);
}
