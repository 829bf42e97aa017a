interface Waiting<T> {
  readonly item: T;
  readonly timestampMs: number;
}

/** A frame without a reading is released after this time if no more can be held. */
const GIVE_UP_MS = 1500;

/**
 * Holds frames, in order of time, until a later one was read, so that overlays are interpolated between two readings
 * instead of extrapolated.
 */
export class FrameDelay<T> {
  readonly #lookaheadMs: number;
  #waiting: Waiting<T>[] = [];
  #latestMs = -Infinity;

  /** @param lookaheadMs how much later than the frame a reading must be. */
  constructor(lookaheadMs: number) {
    this.#lookaheadMs = lookaheadMs;
  }

  /** Reports the time of a frame, including frames that cannot be kept. */
  see(timestampMs: number): void {
    this.#latestMs = timestampMs;
  }

  push(item: T, timestampMs: number): void {
    this.#waiting.push({ item, timestampMs });
  }

  /**
   * Removes and returns the frames that need not wait any longer.
   *
   * @param hasRoom whether more frames can be held.
   */
  takeReady(readUntilMs: number, hasRoom: boolean): Waiting<T>[] {
    const ready = ({ timestampMs }: Waiting<T>) =>
      readUntilMs >= timestampMs + this.#lookaheadMs || (!hasRoom && this.#latestMs >= timestampMs + GIVE_UP_MS);
    const waits = this.#waiting.findIndex((frame) => !ready(frame));
    return this.#waiting.splice(0, waits < 0 ? this.#waiting.length : waits);
  }

  takeAll(): Waiting<T>[] {
    return this.#waiting.splice(0);
  }
}
