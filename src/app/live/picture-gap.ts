import type { LeftOutReason } from '../../engine/types';

/** Time between two rows of a gap in the camera's pictures. */
const ROW_MS = 1000;

/**
 * Tells of every second without a picture of the camera, at its begin and then at its rhythm. Browsers run the timers of hidden pages
 * as rarely as once a minute: seconds that were slept through are told of afterwards, all at once.
 */
export class PictureGap {
  readonly #onRows: (timesMs: readonly number[], reason: LeftOutReason) => void;
  #reason: LeftOutReason | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #nextMs = 0;

  /** @param onRows gets the times of one row or more, in order, on the clock of `performance.now()`. */
  constructor(onRows: (timesMs: readonly number[], reason: LeftOutReason) => void) {
    this.#onRows = onRows;
  }

  /** Begins a gap, goes on with it for another reason, or ends it (null); nothing where that is so already. */
  set(reason: LeftOutReason | null): void {
    if (reason === this.#reason) return;
    this.tell();
    if (this.#reason === null) {
      this.#nextMs = performance.now();
      this.#timer = setInterval(() => this.tell(), ROW_MS);
    }
    this.#reason = reason;
    if (reason === null) clearInterval(this.#timer);
    else this.tell();
  }

  /** Tells at once of what no timer has told yet. */
  tell(): void {
    const rows = Math.floor((performance.now() - this.#nextMs) / ROW_MS) + 1;
    if (this.#reason === null || rows < 1) return;
    const firstMs = this.#nextMs;
    this.#nextMs += rows * ROW_MS;
    this.#onRows(Array.from({ length: rows }, (_, row) => firstMs + row * ROW_MS), this.#reason);
  }
}
