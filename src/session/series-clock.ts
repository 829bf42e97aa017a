/** Longest duration of a camera's frame, ms, since nothing is known about a gap. A video's frame lasts until the next. */
export const LONGEST_LIVE_MS = 2000;

/** Durations of a series' samples, used as statistical weights. */
export class SeriesClock {
  readonly #longestMs: number;
  readonly #usualMs: () => number;
  #endMs: number | null = null;
  #ended = false;

  /**
   * @param longestMs upper limit for a sample's duration.
   * @param usualMs returns the usual time between two samples.
   */
  constructor(longestMs: number, usualMs: () => number) {
    this.#longestMs = longestMs;
    this.#usualMs = usualMs;
  }

  /** True once the series has ended, which fixes the duration of the last sample. */
  get ended(): boolean {
    return this.#ended;
  }

  /** @param endMs end of the series on its own clock; null: unknown, so the last sample gets the usual interval. */
  end(endMs: number | null): void {
    this.#ended = true;
    this.#endMs = endMs;
  }

  /**
   * End of a sample's duration, on the series' clock: the next sample, or the end of the series.
   *
   * @param nextMs time of the next sample; null for the newest.
   */
  untilMs(timestampMs: number, nextMs: number | null): number {
    const until = nextMs ?? this.#endMs ?? timestampMs + this.#usualMs();
    return Math.min(Math.max(timestampMs, until), timestampMs + this.#longestMs);
  }
}
