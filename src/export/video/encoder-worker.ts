import { releaseProxy, wrap, type Remote } from 'comlink';
import { MienError } from '../../engine/errors';
import { spawnModuleWorker } from '../../engine/module-worker';
import { valueOf, type Reply } from '../../engine/reply';
import type { EncoderWorkerApi } from './encoder.worker';
import workerUrl from './encoder.worker.ts?worker&url';

/** No frame takes a tenth of this, however slow the device. */
const FRAME_TIMEOUT_MS = 30_000;
/** The frames that wait are encoded, and the index is written. */
const FINISH_TIMEOUT_MS = 120_000;
const CANCEL_TIMEOUT_MS = 3000;

/** The worker of one video. A call that takes too long is answered as if the worker had died. */
export class EncoderWorker {
  readonly #worker = spawnModuleWorker(workerUrl, 'mien-video');
  readonly #remote: Remote<EncoderWorkerApi> = wrap<EncoderWorkerApi>(this.#worker);
  readonly #life = new AbortController();

  constructor() {
    this.#worker.addEventListener('error', (event) => this.end(event.message));
  }

  async call<T>(send: (api: Remote<EncoderWorkerApi>) => Promise<Reply<T>>, timeoutMs = FRAME_TIMEOUT_MS): Promise<T> {
    const { signal } = this.#life;
    signal.throwIfAborted();
    const call = new AbortController();
    // Nothing may stay on the worker's own signal: a video has a hundred thousand calls.
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as MienError), { signal: call.signal });
    });
    const timer = setTimeout(() => this.end('no answer'), timeoutMs);
    try {
      return valueOf(await Promise.race([send(this.#remote), ended]));
    } finally {
      clearTimeout(timer);
      call.abort();
    }
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
  end(why = 'ended'): void {
    if (this.#life.signal.aborted) return;
    this.#life.abort(new MienError('encoding', 'failed', why));
    this.#remote[releaseProxy]();
    this.#worker.terminate();
  }
}
