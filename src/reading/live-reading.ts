import { MienError } from '../engine/errors';
import type { FrameResult, StreamOptions } from '../engine/types';
import type { TrackNumbers } from '../session/track-numbers';
import { assertReadable, showsPicture } from '../sources/readable';
import { followFrames, grabFrame } from '../sources/video-frames';
import type { Engine } from '../workers/protocol';
import type { EngineSource } from './engine-source';
import { Failures, pause } from './failures';

export interface LiveOptions {
  readonly video: HTMLVideoElement;
  readonly engine: EngineSource;
  /** No other reading may use its name at the same time. */
  readonly stream: StreamOptions;
  readonly tracks: TrackNumbers;
  /** Called for every frame that the video shows, read or not. `shown`: frames since the last call, 1 or more. */
  readonly onFrame?: (frameMs: number, shown: number) => void;
  /** Called when the reading begins to wait for an engine that is loading or restarting, and when that is over. */
  readonly onWait?: (isWaiting: boolean) => void;
  /** A frame is sent to the engine. */
  readonly onSend?: () => void;
  /** Tracks are renumbered; `timestampMs` is on the clock of `performance.now()`. */
  readonly onResult: (result: FrameResult) => void;
  /** A frame that was sent has no result: the reading was stopped meanwhile, or the engine replaced. */
  readonly onDrop?: (frameMs: number, why: 'stopped' | 'replaced') => void;
  /** A frame failed. The next one is tried after a pause, unless `ended`. */
  readonly onError: (error: MienError, ended: boolean, frameMs: number) => void;
}

/** Idle share of the engine (of the last frame's duration) below which frames arrive faster than they are read. */
const SHORT_REST = 0.25;

/** Reads a video element, one frame at a time and always the newest one, until it is stopped or the engine fails too often in a row. */
export class LiveReading {
  readonly #options: LiveOptions;
  readonly #end = new AbortController();
  readonly #stopFollowing: () => void;
  readonly #failures = new Failures();
  #engine: Engine | null = null;
  #newestMs: number | null = null;
  #busy = false;
  /** Time of the frame that the engine is reading; null if none. */
  #sentMs: number | null = null;
  /** End and duration of the last frame's reading. */
  #last = { endedMs: 0, tookMs: 0 };
  #ended = false;
  #checked = false;

  constructor(options: LiveOptions) {
    this.#options = options;
    const { video } = options;
    const startMs = performance.now();
    this.#stopFollowing = followFrames(video, (frameMs, shown) => this.#onFrame(frameMs, shown), startMs);
    // The engine is often ready after the camera: read the current frame without waiting for the next one.
    if (showsPicture(video)) this.#onFrame(startMs, 1);
  }

  /** Stops all callbacks. May be called again. */
  stop(): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    this.#stopFollowing();
    if (this.#sentMs !== null) this.#options.onDrop?.(this.#sentMs, 'stopped');
    // Frees its tracks; a disposed engine has none.
    this.#engine?.resetLive(this.#options.stream.name).catch(() => undefined);
  }

  #onFrame(frameMs: number, shown: number): void {
    this.#options.onFrame?.(frameMs, shown);
    this.#newestMs = frameMs;
    void this.#pump();
  }

  async #pump(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const { signal } = this.#end;
    while (this.#newestMs !== null && !this.#ended && !signal.aborted) {
      const frameMs = this.#newestMs;
      this.#newestMs = null;
      try {
        await this.#read(frameMs, signal);
      } catch (error) {
        await this.#onFailure(MienError.from(error), frameMs, signal);
      } finally {
        this.#sentMs = null;
      }
    }
    this.#busy = false;
  }

  async #read(frameMs: number, signal: AbortSignal): Promise<void> {
    const { video, stream, tracks, onSend, onResult, onDrop } = this.#options;
    if (!showsPicture(video)) return;
    if (!this.#checked) assertReadable(video);
    this.#checked = true;
    const engine = await this.#running(signal);
    // Newer frames were shown while the engine was loading.
    if (this.#newestMs !== null) return;
    const frame = await grabFrame(video);
    if (signal.aborted) {
      frame.close();
      return;
    }
    onSend?.();
    this.#sentMs = frameMs;
    const sentMs = performance.now();
    const isBehind = sentMs - this.#last.endedMs < SHORT_REST * this.#last.tookMs;
    const result = await engine.analyzeLive(frame, frameMs, stream, isBehind);
    const endedMs = performance.now();
    this.#last = { endedMs, tookMs: endedMs - sentMs };
    if (this.#isOver()) return;
    this.#sentMs = null;
    // An engine that is disposed drops the frames that wait.
    if (!result) return onDrop?.(frameMs, 'replaced');
    this.#failures.succeed();
    onResult(tracks.renumber(result, engine.generation));
  }

  /** The current engine, once it runs. */
  #running(signal: AbortSignal): Promise<Engine> {
    return this.#telling(signal, async () => {
      const { engine } = await this.#options.engine(signal);
      if (engine !== this.#engine) this.#options.tracks.startAnew(engine.generation);
      this.#engine = engine;
      await engine.started();
      return engine;
    });
  }

  /** Reports waiting for an engine. */
  async #telling<T>(signal: AbortSignal, waiting: () => Promise<T>): Promise<T> {
    const { onWait } = this.#options;
    const wait = { isTold: false };
    // A running engine answers before any timer.
    const timer = setTimeout(() => {
      wait.isTold = !signal.aborted;
      if (wait.isTold) onWait?.(true);
    });
    try {
      return await waiting();
    } finally {
      clearTimeout(timer);
      if (wait.isTold && !signal.aborted) onWait?.(false);
    }
  }

  /** Evaluated again after each await. */
  #isOver(): boolean {
    return this.#end.signal.aborted;
  }

  async #onFailure(error: MienError, frameMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const isReplaced = await this.#isReplaced(error, signal);
    // Told when it was stopped.
    if (this.#isOver()) return;
    const wasSent = this.#sentMs !== null;
    this.#sentMs = null;
    if (isReplaced) {
      if (wasSent) this.#options.onDrop?.(frameMs, 'replaced');
      return;
    }
    const verdict = this.#failures.fail(error);
    this.#ended = verdict.ended;
    this.#options.onError(error, verdict.ended, frameMs);
    if (!verdict.ended) await pause(verdict.pauseMs, signal);
  }

  /** Whether the engine was disposed because another one replaces it: the next frame goes there. */
  async #isReplaced(error: MienError, signal: AbortSignal): Promise<boolean> {
    if (!error.is('engine', 'disposed')) return false;
    return this.#telling(signal, () => this.#options.engine(signal)).then(
      ({ engine }) => engine !== this.#engine,
      () => false,
    );
  }
}
