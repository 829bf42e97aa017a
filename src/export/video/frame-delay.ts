interface Waiting<T> {
  readonly item: T;
  readonly timestampMs: number;
}

/** Readings come late. Without one for this long, a frame goes on without. */
const GIVE_UP_MS = 1500;

/**
 * Frames that wait, in order of time, until faces were read in a later one: what is drawn over a frame can then lie
 * between two readings instead of being guessed from the past.
 */
export class FrameDelay<T> {
  readonly #lookaheadMs: number;
  #waiting: Waiting<T>[] = [];
  #latestMs = -Infinity;

  /** @param lookaheadMs by how much later a reading has to be than the frame. */
  constructor(lookaheadMs: number) {
    this.#lookaheadMs = lookaheadMs;
  }

  /** Tells of a frame's time, whether or not it can be kept. */
  see(timestampMs: number): void {
    this.#latestMs = timestampMs;
  }

  push(item: T, timestampMs: number): void {
    this.#waiting.push({ item, timestampMs });
  }

  /** Those that need not wait any longer, which leave. */
  takeReady(readUntilMs: number): Waiting<T>[] {
    const ready = ({ timestampMs }: Waiting<T>) =>
      readUntilMs >= timestampMs + this.#lookaheadMs || this.#latestMs >= timestampMs + GIVE_UP_MS;
    const waits = this.#waiting.findIndex((frame) => !ready(frame));
    return this.#waiting.splice(0, waits < 0 ? this.#waiting.length : waits);
  }

  takeAll(): Waiting<T>[] {
    return this.#waiting.splice(0);
  }
}
