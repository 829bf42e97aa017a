/** Longest time that a camera's frame stands for, ms: what follows a gap is unknown. A video's frame stands until the next. */
export const LONGEST_LIVE_MS = 2000;

/** How long each sample of a series stands: statistics weigh time, not samples. */
export class SeriesClock {
  readonly #longestMs: number;
  readonly #usualMs: () => number;
  #endMs: number | null = null;
  #ended = false;

  /**
   * @param longestMs a sample stands for no longer.
   * @param usualMs the usual time between two samples.
   */
  constructor(longestMs: number, usualMs: () => number) {
    this.#longestMs = longestMs;
    this.#usualMs = usualMs;
  }

  /** Whether the series has ended, which fixes how long the last sample stands. */
  get ended(): boolean {
    return this.#ended;
  }

  /** @param endMs where the series ends on its own clock; null: unknown, the last sample then stands for the usual time. */
  end(endMs: number | null): void {
    this.#ended = true;
    this.#endMs = endMs;
  }

  /**
   * Until when a sample stands, on the series' clock: until the next one, or the end of the series.
   *
   * @param nextMs time of the next sample; null: it is the newest.
   */
  untilMs(timestampMs: number, nextMs: number | null): number {
    const until = nextMs ?? this.#endMs ?? timestampMs + this.#usualMs();
    return Math.min(Math.max(timestampMs, until), timestampMs + this.#longestMs);
  }
}
