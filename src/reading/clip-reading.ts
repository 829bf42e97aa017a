import type { Size } from '../engine/geometry';
import type { Sensitivity } from '../engine/mixing';
import type { FrameResult, LeftOutReason, Search } from '../engine/types';
import { usualIntervalMs } from '../session/frame-interval';
import { ObservationStore } from '../session/observation-store';
import { NO_EDITS } from '../session/people-edits';
import { ReadingTally, UsedSetups, type ReadingAccount, type ReadingSetup } from '../session/reading-account';
import type { SessionInfo } from '../session/session-info';
import { TrackNumbers } from '../session/track-numbers';
import type { ReadSample, SourceSample, VideoFileSource, VideoInfo } from '../sources/video-file-source';
import type { Engine } from '../workers/protocol';
import { APP_VERSION } from './app-version';
import { ClipSender, type SentFrame } from './clip-sender';
import type { EngineSource, ReadyEngine } from './engine-source';
import { Failures, pause } from './failures';

/** Frames queued while the engine works on one, so that it never waits for the decoder. */
const MOST_WAITING = 2;

/** Part of a clip and its frame rate. */
export interface ClipPart {
  readonly framesPerSecond: number | 'every';
  /** On the container's clock, ms; the end is exclusive. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly search: Search;
}

/** The part within the file; all of it by default. */
export function clipPart(
  { startMs, endMs }: Pick<VideoInfo, 'startMs' | 'endMs'>,
  { framesPerSecond, search, fromMs = startMs, toMs = endMs }: Pick<ClipPart, 'framesPerSecond' | 'search'> & { readonly fromMs?: number; readonly toMs?: number },
): ClipPart {
  return { framesPerSecond, search, fromMs: Math.max(startMs, fromMs), toMs: Math.min(endMs, toMs) };
}

export interface ClipOptions {
  readonly part: ClipPart;
  readonly engine: EngineSource;
  /** Time constant of the smoothing within a track, ms; 0: none. */
  readonly smoothingMs: number;
  readonly sensitivity: Sensitivity;
  /** Name of the stream; no other reading may use it at the same time. */
  readonly stream: string;
  /** Name of the source in files, with its folder. */
  readonly name: string;
  /** Called after each sample is stored; `result` is null if the sample was left out. */
  readonly onSample?: (sample: ClipSample) => void;
}

export interface ClipSample {
  readonly sample: number;
  readonly frameNumber: number | null;
  readonly timestampMs: number;
  readonly result: FrameResult | null;
}

export interface ClipProgress {
  /** Share of the part, 0–1. */
  readonly share: number;
  readonly framesRead: number;
  readonly framesLeftOut: number;
}

/** Outcome of a sample; `aborted` ones are not stored. */
type Outcome = SentFrame | { readonly status: 'left-out'; readonly sample: number; readonly atMs: number; readonly reason: LeftOutReason };

/**
 * One reading of a part of a video file. Depends on neither clock nor history: the same file, part and settings give the same rows.
 * Every sample of the source becomes a row, read or left out.
 */
export class ClipReading {
  /** Every row, however many: the file of a reading has all of them. */
  readonly store = new ObservationStore(Infinity);
  readonly #options: ClipOptions;
  readonly #tally = new ReadingTally();
  readonly #tracks = new TrackNumbers();
  readonly #failures = new Failures();
  readonly #used = new UsedSetups();
  readonly #sender: ClipSender;
  /** The engine of the newest result. */
  #numbered: Engine | null = null;
  /** Number of samples in the part; null before it is opened. */
  #asked: number | null = null;
  #setup: ReadingSetup | null = null;
  #first: ReadyEngine | null = null;
  /** Unix time, ms: the only difference between two readings. */
  #startedAtMs = 0;
  #frame: Size | null = null;
  #ending: ReadingAccount['ending'] = 'stopped';
  #doneMs: number;
  #resume: (() => void) | null = null;
  #unpaused: Promise<void> = Promise.resolve();

  constructor(options: ClipOptions) {
    this.#options = options;
    this.#doneMs = options.part.fromMs;
    const { engine, stream: name, part: { search }, smoothingMs, sensitivity } = options;
    this.#sender = new ClipSender(engine, { name, search, smoothingMs, sensitivity });
  }

  get isPaused(): boolean {
    return this.#resume !== null;
  }

  get progress(): ClipProgress {
    const { fromMs, toMs } = this.#options.part;
    const { framesRead, framesLeftOut } = this.store.getSnapshot();
    const share = toMs > fromMs ? Math.min(1, Math.max(0, (this.#doneMs - fromMs) / (toMs - fromMs))) : 0;
    return { share, framesRead, framesLeftOut };
  }

  pause(): void {
    if (this.#resume) return;
    this.#unpaused = new Promise((resolve) => (this.#resume = resolve));
  }

  resume(): void {
    this.#resume?.();
    this.#resume = null;
  }

  /**
   * Reads the part. Keeps its results after a failure or an abort.
   *
   * @throws MienError of kind `video`, `engine` or `model`; the signal's reason.
   */
  async run(source: VideoFileSource, signal: AbortSignal): Promise<void> {
    const { part } = this.#options;
    const release = () => this.resume();
    signal.addEventListener('abort', release);
    try {
      signal.throwIfAborted();
      await this.#begin(source, signal);
      await this.#read(source.frames(part, { signal }), signal);
      signal.throwIfAborted();
      this.#ending = 'complete';
    } finally {
      this.store.end(this.#ending === 'complete' ? part.toMs : null);
      signal.removeEventListener('abort', release);
      this.#sender.end();
    }
  }

  /** Null before the first engine. */
  account(): ReadingAccount | null {
    return this.#setup && this.#tally.account(this.#used.in(this.#setup), this.#ending, this.#asked);
  }

  /** The reading as a session; null before the first sample. Times are on the container's clock. */
  session(id: string): SessionInfo | null {
    const { name, part } = this.#options;
    const { framesRead, framesLeftOut, framesWithFaces, newestMs } = this.store.getSnapshot();
    if (!this.#setup || !this.#first || newestMs === null) return null;
    const endMs = this.#ending === 'complete' ? part.toMs : Math.min(part.toMs, newestMs + usualIntervalMs(this.store.readTimesMs()));
    return {
      id,
      kind: 'video',
      name,
      startedAtMs: this.#startedAtMs,
      durationMs: Math.max(0, endMs - part.fromMs),
      frame: this.#frame ?? { width: this.#setup.source.width ?? 0, height: this.#setup.source.height ?? 0 },
      model: this.#first.health.model,
      reading: this.account(),
      frames: framesRead,
      framesWithFaces,
      skippedFrames: framesLeftOut,
      markers: [],
      people: NO_EDITS,
      state: 'complete',
    };
  }

  async #begin(source: VideoFileSource, signal: AbortSignal): Promise<void> {
    const { part, name, smoothingMs, sensitivity } = this.#options;
    this.#first = await this.#sender.begin(signal);
    this.#asked = source.count(part);
    this.#startedAtMs = Date.now();
    const { bytes, container, codec, size, startMs, endMs, brokenOffAtMs, track, tracks, recordings, notRead } = source.info;
    this.#setup = {
      source: {
        ...{ name, bytes, container, codec, width: size.width, height: size.height, durationMs: endMs - startMs, startMs, brokenOffAtMs },
        ...(tracks.length > 1 && { track }),
        ...(recordings > 1 && { recordings }),
        ...(notRead.length > 0 && { notRead }),
      },
      partMs: [part.fromMs, part.toMs],
      rateAsked: part.framesPerSecond,
      search: part.search,
      smoothingMs,
      sensitivity: this.#first.health.brought ? null : sensitivity,
      backend: this.#first.health.backend,
      appVersion: APP_VERSION,
      startedAtMs: this.#startedAtMs,
    };
  }

  /** Several frames are in flight at once; their outcomes are stored in order of time. */
  async #read(samples: AsyncIterable<SourceSample>, signal: AbortSignal): Promise<void> {
    const underWay: Promise<Outcome>[] = [];
    try {
      for await (const sample of samples) {
        underWay.push(this.#send(sample, signal));
        while (underWay.length > MOST_WAITING) await this.#settle(underWay.shift(), signal);
      }
      while (underWay.length > 0) await this.#settle(underWay.shift(), signal);
    } finally {
      // After a failure or an abort, the engine still closes these frames.
      await Promise.all(underWay);
    }
  }

  /** Never rejects. */
  async #send(sample: SourceSample, signal: AbortSignal): Promise<Outcome> {
    if (sample.status === 'left-out') {
      return { status: 'left-out', sample: sample.sample, atMs: sample.momentMs, reason: sample.reason };
    }
    await this.#unpaused;
    return this.#sender.send(sample, signal);
  }

  async #settle(underWay: Promise<Outcome> | undefined, signal: AbortSignal): Promise<void> {
    const outcome = await underWay;
    if (!outcome || outcome.status === 'aborted') return;
    if (outcome.status === 'read') {
      const { smoothingMs, sensitivity } = this.#options;
      this.#used.add({ smoothingMs, sensitivity }, outcome.result.backends);
      return this.#storeResult(outcome.sample, this.#renumber(outcome));
    }
    if (outcome.status === 'left-out') return this.#leaveOut(outcome.sample, outcome.atMs, outcome.reason, null);
    const { sample, error } = outcome;
    this.#leaveOut(sample.sample, sample.timestampMs, 'failed', sample.frameNumber);
    const verdict = this.#failures.fail(error);
    if (verdict.ended) throw error;
    await pause(verdict.pauseMs, signal);
  }

  /** Another engine counts its tracks from 1 again. */
  #renumber({ result, engine, generation }: Extract<Outcome, { status: 'read' }>): FrameResult {
    if (engine !== this.#numbered) this.#tracks.startAnew(generation);
    this.#numbered = engine;
    return this.#tracks.renumber(result, generation);
  }

  #storeResult({ sample, frameNumber, timestampMs }: ReadSample, result: FrameResult): void {
    this.#failures.succeed();
    this.#tally.addRead();
    this.#frame = result.frame;
    this.store.append(result, { sample, number: frameNumber });
    this.#tell({ sample, frameNumber, timestampMs, result });
  }

  #leaveOut(sample: number, timestampMs: number, reason: LeftOutReason, frameNumber: number | null): void {
    this.#tally.addLeftOut(reason);
    this.store.appendLeftOut({ timestampMs, reason }, { sample, number: frameNumber });
    this.#tell({ sample, frameNumber, timestampMs, result: null });
  }

  #tell(sample: ClipSample): void {
    this.#doneMs = Math.max(this.#doneMs, sample.timestampMs);
    this.#options.onSample?.(sample);
  }
}
