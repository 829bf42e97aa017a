/** Time between two rows of a gap in the camera's pictures. */
const ROW_MS = 1000;

/**
 * Tells of every second without a picture of the camera, at its begin and then at its rhythm. Browsers run the timers of hidden pages
 * as rarely as once a minute: seconds that were slept through are told of afterwards.
 */
export class PictureGap {
  readonly #onRow: (timestampMs: number) => void;
  #timer: ReturnType<typeof setInterval> | null = null;
  #nextMs = 0;

  /** @param onRow gets the time of a row on the clock of `performance.now()`. */
  constructor(onRow: (timestampMs: number) => void) {
    this.#onRow = onRow;
  }

  /** Begins a gap, or ends it; nothing where that is so already. */
  set(isOpen: boolean): void {
    if (isOpen === (this.#timer !== null)) return;
    if (isOpen) {
      this.#nextMs = performance.now();
      this.#timer = setInterval(() => this.#tell(), ROW_MS);
    }
    this.#tell();
    if (isOpen) return;
    clearInterval(this.#timer ?? undefined);
    this.#timer = null;
  }

  #tell(): void {
    const nowMs = performance.now();
    for (; this.#nextMs <= nowMs; this.#nextMs += ROW_MS) this.#onRow(this.#nextMs);
  }
}
