import { MienError } from '../../engine/errors';
import { log } from '../../engine/log';
import type { Sensitivity } from '../../engine/mixing';
import { Store } from '../../engine/store';
import { ClipReading } from '../../reading/clip-reading';
import type { EngineSource } from '../../reading/engine-source';
import type { ObservationStore } from '../../session/observation-store';
import { NO_EDITS } from '../../session/people-edits';
import type { SessionInfo } from '../../session/session-info';
import { openVideo } from '../../sources/open-video';
import { sameTrack, type VideoFileSource, type VideoInfo } from '../../sources/video-file-source';
import { peopleEditorOf, type PeopleEditing } from '../results/people-editor';
import type { AnalysisWish, ClipEnding } from './analysis-wish';
import { PaceMeter, readingPaces } from './reading-pace';
import { RemainingTime } from './remaining-time';

/** UI refresh throttle. */
const PUBLISH_MS = 200;

export interface AnalysisProgress {
  readonly paused: boolean;
  /** Share of the requested part that is done, 0–1. */
  readonly share: number;
  /** Frames read, and frames left out. */
  readonly frames: number;
  readonly skipped: number;
  /** Null if there is no estimate yet. */
  readonly remainingMs: number | null;
}

interface AnalysisOptions {
  readonly file: Blob;
  /** Path with its folder. */
  readonly name: string;
  readonly info: VideoInfo;
  readonly wish: AnalysisWish;
  readonly smoothingMs: number;
  readonly sensitivity: Sensitivity;
  readonly engine: EngineSource;
}

/** One analysis of one clip: a reading that can be paused and cancelled, and its progress. */
export class ClipAnalysis {
  readonly wish: AnalysisWish;
  /** Time between two analysed frames. */
  readonly intervalMs: number;
  /** Session id, unique on this device. */
  readonly id = crypto.randomUUID();
  readonly #file: Blob;
  readonly #info: VideoInfo;
  readonly #reading: ClipReading;
  readonly #abort = new AbortController();
  readonly #remaining = new RemainingTime();
  readonly #pace = new PaceMeter();
  /** Engine of all frames so far; null if there were several. */
  #engine: string | null = readingPaces().engine;
  readonly #progress = new Store<AnalysisProgress>({ paused: false, share: 0, frames: 0, skipped: 0, remainingMs: null });
  #publishedMs = -Infinity;

  constructor({ file, name, info, wish, smoothingMs, sensitivity, engine }: AnalysisOptions) {
    this.wish = wish;
    this.intervalMs = 1000 / (wish.framesPerSecond === 'every' ? info.frameRate : Math.min(wish.framesPerSecond, info.frameRate));
    this.#file = file;
    this.#info = info;
    this.#reading = new ClipReading({
      ...{ part: wish, name, smoothingMs, sensitivity, engine },
      stream: `clip-${this.id}`,
      onSample: ({ result }) => {
        // Hidden pages are throttled, so they do not count.
        this.#pace.add(performance.now(), result !== null && !this.#reading.isPaused && !document.hidden);
        if (this.#engine !== readingPaces().engine) this.#engine = null;
        this.#publishThrottled();
      },
    });
  }

  get store(): ObservationStore {
    return this.#reading.store;
  }

  get subscribe() {
    return this.#progress.subscribe;
  }

  /** Progress, updated a few times a second. */
  get getSnapshot() {
    return this.#progress.getSnapshot;
  }

  /** Manual edits of people. */
  get people(): PeopleEditing {
    return peopleEditorOf(this.id, NO_EDITS).getSnapshot();
  }

  /** The analysis as a session; null before its first frame. */
  session(): SessionInfo | null {
    const info = this.#reading.session(this.id);
    return info && { ...info, people: this.people.edits };
  }

  pause(): void {
    this.#reading.pause();
    this.#remaining.restart();
    this.#publish();
  }

  resume(): void {
    this.#reading.resume();
    this.#publish();
  }

  /** Keeps what was analysed so far. */
  cancel(): void {
    this.#abort.abort();
    this.#publish();
  }

  /** Opens the clip again; the caller closes it. @throws MienError of kind `video`. */
  open(): Promise<VideoFileSource> {
    return openVideo(this.#file, sameTrack(this.#info));
  }

  /** Analyses to the end; never rejects. */
  async run(): Promise<ClipEnding> {
    const { signal } = this.#abort;
    try {
      const source = await this.open();
      try {
        await this.#reading.run(source, signal);
      } finally {
        source.close();
      }
      return { how: 'complete' };
    } catch (thrown) {
      log.warn(`clip ended early: ${String(thrown)}`);
      if (!signal.aborted) this.#engine = null;
      return signal.aborted ? { how: 'cancelled' } : { how: 'failed', error: MienError.from(thrown) };
    } finally {
      this.#notePace();
      this.#publish();
    }
  }

  #notePace(): void {
    const { size } = this.#info;
    const { msPerFrame } = this.#pace;
    if (msPerFrame !== null && this.#engine !== null) readingPaces().note({ ...this.wish, pixels: size.width * size.height }, msPerFrame);
  }

  #publishThrottled(): void {
    const nowMs = performance.now();
    if (nowMs - this.#publishedMs < PUBLISH_MS) return;
    this.#remaining.add(this.#reading.progress.share, nowMs);
    this.#publish();
  }

  #publish(): void {
    this.#publishedMs = performance.now();
    const { isPaused: paused, progress } = this.#reading;
    const { share, framesRead: frames, framesLeftOut: skipped } = progress;
    this.#progress.set({ paused, share, frames, skipped, remainingMs: paused ? null : this.#remaining.remainingMs });
  }
}
