import type { OnBytes } from './assets';

/** Callback for the bytes of one part of the start-up download received so far, and its completion. */
export type OnDownload = (loadedBytes: number, isComplete: boolean) => void;

/** Throttle for progress messages: one for each of some hundred chunks would keep both threads busy. */
const TELL_MS = 100;

/** Counts the downloaded bytes. */
export class DownloadMeter {
  readonly #onDownload: OnDownload;
  #loadedBytes = 0;
  #toldAtMs = -Infinity;

  constructor(onDownload: OnDownload) {
    this.#onDownload = onDownload;
  }

  readonly onBytes: OnBytes = (bytes) => {
    this.#loadedBytes += bytes;
    if (performance.now() - this.#toldAtMs < TELL_MS) return;
    this.#toldAtMs = performance.now();
    this.#onDownload(this.#loadedBytes, false);
  };

  readonly onFetched = (): void => this.#onDownload(this.#loadedBytes, true);
}
