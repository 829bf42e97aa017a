/** Window of the estimate: speed changes with the number of faces. */
const WINDOW_MS = 10_000;
/** Shortest time span for a stable estimate. */
const LEAST_MS = 1_000;

interface Sample {
  readonly atMs: number;
  readonly share: number;
}

/** Estimates remaining time from recent progress. */
export class RemainingTime {
  #samples: Sample[] = [];

  /** @param share of the work done, 0–1, non-decreasing. */
  add(share: number, nowMs: number): void {
    this.#samples.push({ atMs: nowMs, share });
    // Keeps one sample from before the window, so that the window is always covered.
    while ((this.#samples[1]?.atMs ?? nowMs) < nowMs - WINDOW_MS) this.#samples.shift();
  }

  /** Starts over after a pause. */
  restart(): void {
    this.#samples = [];
  }

  /** Null without an estimate. */
  get remainingMs(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.atMs - first.atMs < LEAST_MS || last.share <= first.share) return null;
    return ((1 - last.share) * (last.atMs - first.atMs)) / (last.share - first.share);
  }
}
