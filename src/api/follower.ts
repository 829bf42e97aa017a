import { MienError } from '../engine/errors';
import type { FrameResult } from '../engine/types';
import { TrackNumbers } from '../session/track-numbers';
import { followFrames, grabFrame } from '../sources/video-frames';
import type { Engine } from '../workers/protocol';
import { assertReadable, showsPicture } from './image-input';

/** After so many failures in a row it is over. */
const MOST_FAILURES = 6;
const RETRY_MS = 400;

export interface FollowerOptions {
  readonly engine: Engine;
  readonly video: HTMLVideoElement;
  /** Name of a stream that is nobody else's. */
  readonly stream: string;
  readonly onResult: (result: FrameResult) => void;
  /** @param ended it was the last try. */
  readonly onError: (error: MienError, ended: boolean) => void;
  /** It ended by itself, or was stopped. */
  readonly onEnd: () => void;
}

/**
 * Reads what a video shows, one frame at a time and always the newest one. A frame that fails is told and given
 * up; after a pause the next one is tried.
 */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #tracks: TrackNumbers;
  readonly #stopFrames: () => void;
  #newestMs: number | null = null;
  #busy = false;
  #over = false;
  #checked = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#tracks = new TrackNumbers(options.engine.generation);
    this.#stopFrames = followFrames(options.video, (frameMs) => {
      this.#newestMs = frameMs;
      void this.#pump();
    });
  }

  /** Nothing is called back any more. May be called again. */
  stop(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopFrames();
    const { engine, stream, onEnd } = this.#options;
    // An engine that is gone has forgotten the stream by itself.
    engine.resetLive(stream).catch(() => undefined);
    onEnd();
  }

  async #pump(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    let failures = 0;
    while (this.#newestMs !== null && !this.#over) {
      const frameMs = this.#newestMs;
      this.#newestMs = null;
      try {
        await this.#read(frameMs);
        failures = 0;
      } catch (error) {
        failures++;
        await this.#fail(MienError.from(error), failures);
      }
    }
    this.#busy = false;
  }

  async #read(frameMs: number): Promise<void> {
    const { engine, video, stream, onResult } = this.#options;
    if (!showsPicture(video)) return;
    if (!this.#checked) assertReadable(video);
    this.#checked = true;
    const frame = await grabFrame(video);
    if (this.#over) {
      frame.close();
      return;
    }
    const result = await engine.analyzeLive(frame, frameMs, { name: stream, search: 'fast' });
    if (result && !this.#isOver()) onResult(this.#tracks.renumber(result, engine.generation));
  }

  /** Asked anew after each wait. */
  #isOver(): boolean {
    return this.#over;
  }

  async #fail(error: MienError, failures: number): Promise<void> {
    if (this.#over) return;
    const isLasting = error.is('image', 'cross-origin') || error.is('engine', 'disposed');
    const ended = isLasting || failures >= MOST_FAILURES;
    if (ended) this.stop();
    this.#options.onError(error, ended);
    if (!ended) await new Promise((resolve) => setTimeout(resolve, RETRY_MS * failures));
  }
}
