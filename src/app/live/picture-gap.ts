import type { LeftOutReason } from '../../engine/types';

/** Interval between the rows of a gap, ms. */
const ROW_MS = 1000;

/** Times of a gap's rows on the same clock: one at its start, and one per second until it ends. */
export function gapRows(fromMs: number, toMs: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((toMs - fromMs) / ROW_MS) + 1) }, (_, row) => fromMs + row * ROW_MS);
}

/**
 * Reports a gap in the camera's pictures with one row per second, starting immediately. Browsers throttle timers of hidden pages to as
 * little as one a minute, so missed rows are reported later, all at once.
 */
export class PictureGap {
  readonly #onRows: (timesMs: readonly number[], reason: LeftOutReason) => void;
  #reason: LeftOutReason | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #nextMs = 0;

  /** @param onRows gets the times of one or more rows, in order, on the clock of `performance.now()`. */
  constructor(onRows: (timesMs: readonly number[], reason: LeftOutReason) => void) {
    this.#onRows = onRows;
  }

  /** Starts a gap, changes its reason, or ends it (null); does nothing if unchanged. */
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

  /** Reports rows that no timer has reported yet. */
  tell(): void {
    const rows = gapRows(this.#nextMs, performance.now());
    if (this.#reason === null || rows.length === 0) return;
    this.#nextMs += rows.length * ROW_MS;
    this.#onRows(rows, this.#reason);
  }
}
