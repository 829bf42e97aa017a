import type { FrameResult, LiveFrame } from '../engine/types';
import { SerialQueue } from '../engine/serial-queue';

interface WaitingFrame {
  readonly frame: LiveFrame;
  readonly drop: () => void;
}

/**
 * The frames of one stream on their way to the engine: one in flight, so that the engine's own queue
 * holds at most one of each stream and serves them in turn.
 */
export class StreamQueue {
  readonly #serial = new SerialQueue();
  #newest: WaitingFrame | null = null;

  get isIdle(): boolean {
    return this.#serial.isIdle;
  }

  /** Sends a frame next, unless a newer one comes before its turn: it is closed then, and null. */
  newest(frame: LiveFrame, send: () => Promise<FrameResult>): Promise<FrameResult | null> {
    this.dropNewest();
    return new Promise((resolve, reject) => {
      const waiting = { frame, drop: () => resolve(null) };
      this.#newest = waiting;
      this.#serial
        .add(async () => {
          if (this.#newest !== waiting) return null;
          this.#newest = null;
          return send();
        })
        .then(resolve, reject);
    });
  }

  /** Runs this when all that came before is done; nothing replaces it. */
  inOrder<T>(work: () => Promise<T>): Promise<T> {
    return this.#serial.add(work);
  }

  /** Gives up the frame that waits to be sent as the newest, if there is one. */
  dropNewest(): void {
    this.#newest?.frame.close();
    this.#newest?.drop();
    this.#newest = null;
  }
}
