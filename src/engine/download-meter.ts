import type { OnBytes } from './assets';

/** Told how much of a part of the start's download has come so far, and when that was all. */
export type OnDownload = (loadedBytes: number, isComplete: boolean) => void;

/** Progress is told so often: a message for each of some hundred pieces would keep both threads busy. */
const TELL_MS = 100;

/** Counts the pieces of a download. */
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
