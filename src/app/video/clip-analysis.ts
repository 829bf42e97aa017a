import { MienError } from '../../engine/errors';
import type { Size } from '../../engine/geometry';
import type { EngineHealth, LiveFrame, ModelIdentity } from '../../engine/types';
import { ObservationStore } from '../../session/observation-store';
import { TrackNumbers } from '../../session/track-numbers';
import { openVideo } from '../../sources/open-video';
import type { SourceSample, VideoInfo } from '../../sources/video-file-source';
import type { Engine } from '../../workers/protocol';
import type { AnalysisWish, ClipEnding } from './analysis-wish';
import { RemainingTime } from './remaining-time';

/** Frames that wait for the engine while it works on one: it never has to wait for the decoder. */
const MOST_WAITING = 2;
/** An engine that fails this often in a row will go on failing. */
const MOST_FAILURES = 5;
/** Nobody reads numbers faster. */
const PUBLISH_MS = 200;
/** Frames and faces that are kept: every frame of two hours with three faces. */
const CAPACITY = 700_000;

export interface AnalysisProgress {
  readonly paused: boolean;
  /** Of the part that is analysed, 0–1. */
  readonly share: number;
  /** Frames analysed, and frames that could not be. */
  readonly frames: number;
  readonly skipped: number;
  /** Null while it cannot be said. */
  readonly remainingMs: number | null;
}

/** The page's engine at a moment. */
export interface ReadyEngine {
  readonly engine: Engine;
  readonly health: EngineHealth;
}

/** One reading of one clip, from its start to its end, and what was seen. */
export class ClipAnalysis {
  readonly store = new ObservationStore(CAPACITY);
  readonly wish: AnalysisWish;
  /** Time between two analysed frames. */
  readonly intervalMs: number;
  readonly startedAtMs = Date.now();
  /** Unique on this device: the session's. */
  readonly id = crypto.randomUUID();
  readonly #file: Blob;
  readonly #stream: string;
  readonly #abort = new AbortController();
  readonly #remaining = new RemainingTime();
  readonly #numbers = new TrackNumbers();
  #engine: Engine | null = null;
  #model: ModelIdentity | null = null;
  #frameSize: Size | null = null;
  #failures: MienError[] = [];
  #resume: (() => void) | null = null;
  #unpaused: Promise<void> = Promise.resolve();
  #frames = 0;
  #skipped = 0;
  #doneMs: number;
  #progress: AnalysisProgress = { paused: false, share: 0, frames: 0, skipped: 0, remainingMs: null };
  #publishedMs = -Infinity;
  readonly #listeners = new Set<() => void>();

  /** @param stream a name that no other analysis has at the same time. */
  constructor(file: Blob, info: VideoInfo, wish: AnalysisWish, stream: string) {
    this.#file = file;
    this.#stream = stream;
    this.wish = wish;
    this.#doneMs = wish.fromMs;
    this.intervalMs = 1000 / (wish.framesPerSecond === 'every' ? info.frameRate : Math.min(wish.framesPerSecond, info.frameRate));
  }

  /** What read the faces; null before the first frame. */
  get model(): ModelIdentity | null {
    return this.#model;
  }

  /** Of the frames that boxes refer to; null before the first one. */
  get frameSize(): Size | null {
    return this.#frameSize;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** How far it is, a few times a second. */
  readonly getSnapshot = (): AnalysisProgress => this.#progress;

  pause(): void {
    if (this.#resume) return;
    this.#unpaused = new Promise((resolve) => (this.#resume = resolve));
    this.#remaining.restart();
    this.#publish();
  }

  resume(): void {
    this.#resume?.();
    this.#resume = null;
    this.#publish();
  }

  /** What was analysed so far is kept. */
  cancel(): void {
    this.#abort.abort();
    this.resume();
  }

  /**
   * Analyses until the end; never rejects.
   *
   * @param engineReady gives the page's engine, which may be another one than for the frame before.
   */
  async run(engineReady: (signal: AbortSignal) => Promise<ReadyEngine>): Promise<ClipEnding> {
    const { signal } = this.#abort;
    try {
      const source = await openVideo(this.#file);
      try {
        await this.#read(source.frames(this.wish, { signal }), engineReady);
      } finally {
        source.close();
      }
      this.store.end(signal.aborted ? null : this.wish.toMs);
      return { how: signal.aborted ? 'cancelled' : 'complete' };
    } catch (thrown) {
      return signal.aborted ? { how: 'cancelled' } : { how: 'failed', error: MienError.from(thrown) };
    } finally {
      // Frees its tracks; an engine that is gone has none.
      this.#engine?.resetLive(this.#stream).catch(() => undefined);
      this.#publish();
    }
  }

  async #read(frames: AsyncIterable<SourceSample>, engineReady: (signal: AbortSignal) => Promise<ReadyEngine>): Promise<void> {
    const { signal } = this.#abort;
    const sent: Promise<void>[] = [];
    try {
      for await (const each of frames) {
        if (each.status === 'left-out') {
          this.#skip(1);
          continue;
        }
        const { frame, timestampMs, sample } = each;
        let ready: ReadyEngine;
        try {
          await this.#unpaused;
          if (sent.length > MOST_WAITING) await sent.shift();
          ready = await engineReady(signal);
        } catch (error) {
          frame.close();
          throw error;
        }
        this.#useEngine(ready);
        sent.push(this.#analyse(ready.engine, frame, timestampMs, sample));
        const failure = this.#failures[MOST_FAILURES - 1];
        if (failure) throw failure;
      }
    } finally {
      await Promise.all(sent);
    }
  }

  /** Another engine, or another worker of it, counts its tracks from 1 again. */
  #useEngine({ engine, health }: ReadyEngine): void {
    if (engine !== this.#engine) this.#numbers.startAnew(engine.generation);
    this.#engine = engine;
    this.#model = health.model;
  }

  async #analyse(engine: Engine, frame: LiveFrame, timestampMs: number, index: number): Promise<void> {
    const { signal } = this.#abort;
    try {
      const result = await engine.analyzeNext(frame, timestampMs, { name: this.#stream, search: 'thorough' }, signal);
      this.store.append(this.#numbers.renumber(result, engine.generation), { sample: index, number: index });
      this.#frameSize = result.frame;
      this.#frames++;
      this.#failures = [];
    } catch (thrown) {
      if (signal.aborted) return;
      const error = MienError.from(thrown);
      // Another backend was chosen: the next frame goes to its engine.
      if (!error.is('engine', 'disposed')) this.#failures.push(error);
      this.#skip(1);
    }
    this.#doneMs = Math.max(this.#doneMs, timestampMs);
    this.#publishNowAndThen();
  }

  #skip(count: number): void {
    this.#skipped += count;
  }

  #publishNowAndThen(): void {
    const nowMs = performance.now();
    if (nowMs - this.#publishedMs < PUBLISH_MS) return;
    this.#remaining.add(this.#share, nowMs);
    this.#publish();
  }

  get #share(): number {
    const { fromMs, toMs } = this.wish;
    return toMs > fromMs ? Math.min(1, Math.max(0, (this.#doneMs - fromMs) / (toMs - fromMs))) : 0;
  }

  #publish(): void {
    this.#publishedMs = performance.now();
    const paused = this.#resume !== null;
    this.#progress = {
      paused,
      share: this.#share,
      frames: this.#frames,
      skipped: this.#skipped,
      remainingMs: paused ? null : this.#remaining.remainingMs,
    };
    for (const listener of this.#listeners) listener();
  }
}
