import type { Remote } from 'comlink';
import { MienError } from '../../engine/errors';
import { valueOf, type Reply } from '../../engine/reply';
import { SupervisedWorker } from '../../workers/supervised-worker';
import type { EncoderWorkerApi } from './encoder.worker';
import workerUrl from './encoder.worker.ts?worker&url';

/** No frame takes a tenth of this, however slow the device. */
const FRAME_TIMEOUT_MS = 30_000;
/** The frames that wait are encoded, and the index is written. */
const FINISH_TIMEOUT_MS = 120_000;
const CANCEL_TIMEOUT_MS = 3000;

/** The worker of one video. A call that takes too long is answered as if the worker had died. */
export class EncoderWorker {
  readonly #worker = new SupervisedWorker<EncoderWorkerApi>({ url: workerUrl, name: 'mien-video', onBreak: (message) => failure(message) });

  async call<T>(send: (api: Remote<EncoderWorkerApi>) => Promise<Reply<T>>, timeoutMs = FRAME_TIMEOUT_MS): Promise<T> {
    return valueOf(await this.#worker.call(send, timeoutMs, failure('no answer')));
  }

  /** The video; the worker ends with it. */
  async finish(): Promise<Blob> {
    try {
      return await this.call((api) => api.finish(), FINISH_TIMEOUT_MS);
    } finally {
      this.end();
    }
  }

  /** The encoder, the worker and what was written are gone when it resolves. */
  async cancel(): Promise<void> {
    // A worker that no longer answers ends all the same.
    await this.call((api) => api.cancel(), CANCEL_TIMEOUT_MS).catch(() => undefined);
    this.end();
  }

  /** Calls under way, and later ones, reject with `encoding/failed`. */
  end(): void {
    this.#worker.end(failure('ended'));
  }
}

function failure(why: string): MienError {
  return new MienError('encoding', 'failed', why);
}
