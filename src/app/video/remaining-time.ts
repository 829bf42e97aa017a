/** As much of the past as the estimate rests on: the speed changes with the number of faces. */
const WINDOW_MS = 10_000;
/** Sooner, an estimate would jump about. */
const LEAST_MS = 1_000;

interface Sample {
  readonly atMs: number;
  readonly share: number;
}

/** How long a piece of work will go on, from how it went lately. */
export class RemainingTime {
  #samples: Sample[] = [];

  /** @param share of the work that is done, 0–1, not falling. */
  add(share: number, nowMs: number): void {
    this.#samples.push({ atMs: nowMs, share });
    // One from before the window stays, so that it is always spanned.
    while ((this.#samples[1]?.atMs ?? nowMs) < nowMs - WINDOW_MS) this.#samples.shift();
  }

  /** After a pause, the time of which was no work. */
  restart(): void {
    this.#samples = [];
  }

  /** Null while it cannot be said. */
  get remainingMs(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.atMs - first.atMs < LEAST_MS || last.share <= first.share) return null;
    return ((1 - last.share) * (last.atMs - first.atMs)) / (last.share - first.share);
  }
}
