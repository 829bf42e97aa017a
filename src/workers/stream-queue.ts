import type { FrameResult, LiveFrame } from '../engine/types';
import { SerialQueue } from '../engine/serial-queue';

interface WaitingFrame {
  readonly frame: LiveFrame;
  readonly drop: () => void;
}

/**
 * Queue of one stream's frames to the engine, with one in flight, so that the engine's own queue holds at most one per stream and serves the streams
 * in turn.
 */
export class StreamQueue {
  readonly #serial = new SerialQueue();
  #newest: WaitingFrame | null = null;

  get isIdle(): boolean {
    return this.#serial.isIdle;
  }

  /** Sends a frame next, unless a newer one arrives before its turn: then closes it and resolves to null. */
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

  /** Runs `work` after everything queued before it; nothing replaces it. */
  inOrder<T>(work: () => Promise<T>): Promise<T> {
    return this.#serial.add(work);
  }

  /** Drops the waiting newest frame, if any. */
  dropNewest(): void {
    this.#newest?.frame.close();
    this.#newest?.drop();
    this.#newest = null;
  }
}
