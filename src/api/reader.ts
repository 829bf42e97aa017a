import { MienError } from '../engine/errors';
import type { Probabilities } from '../engine/labels';
import type { Sensitivity } from '../engine/mixing';
import type { BackendChoice, BackendName, EngineHealth, FrameResult, LoadProgress, ModelIdentity } from '../engine/types';
import type { SessionRecord } from '../export/session-record';
import { APP_VERSION } from '../reading/app-version';
import { pictureAccount, pictureSource, type ReadingAccount } from '../session/reading-account';
import { inPixelsOf } from '../engine/result-size';
import { SerialQueue } from '../engine/serial-queue';
import { createEngine } from '../workers/pipeline-client';
import type { Engine } from '../workers/protocol';
import { LiveReading } from '../reading/live-reading';
import { onlyEngine, type EngineSource } from '../reading/engine-source';
import { readStill } from '../reading/still-reading';
import { TrackNumbers } from '../session/track-numbers';
import { orAborted, untilAborted } from './abortable';
import { copyPixels, fileOf, takeImage, tagOf, type PendingImage } from './image-input';
import type { ModelInput, ModelInputOptions } from './model-source';
import type { RecognizerHealth } from './recognizer-health';
import { pictureOpener } from './picture-opener';
import type { VideoOptions } from './video-reading';

/** Live stream for single pictures in fast mode, reset after each. */
const PICTURES = 'api-pictures';
/** Crops per batch: others get their turn in between, and memory stays bounded. */
const CROPS_AT_ONCE = 16;

export interface ReaderOptions {
  readonly assetBase: string;
  readonly backend: BackendChoice;
  readonly mode: 'live' | 'still';
  readonly smoothingMs: number;
  readonly model?: ModelInput | undefined;
  readonly modelInput?: ModelInputOptions | undefined;
  readonly sensitivity: Sensitivity;
  readonly onLoadProgress?: (progress: LoadProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * An engine for one program: takes pictures of any kind, returns the engine's own results. Every method rejects
 * with a `MienError`: `engine/disposed` after `dispose`, `call/aborted` if the call's signal aborted.
 */
export class Reader {
  readonly model: ModelIdentity;
  readonly backend: BackendName;
  readonly #engine: Engine;
  readonly #mode: 'live' | 'still';
  readonly #queue = new SerialQueue();
  readonly #source: EngineSource;
  readonly #smoothingMs: number;
  readonly #sensitivity: Sensitivity;
  /** The account's sensitivity; null if another model serves. */
  readonly #toldSensitivity: Sensitivity | null;
  readonly #live = new Set<LiveReading>();
  #streams = 0;
  readonly #end = new AbortController();
  #disposing: Promise<void> | null = null;

  private constructor(engine: Engine, health: EngineHealth, { mode, smoothingMs, sensitivity }: Pick<ReaderOptions, 'mode' | 'smoothingMs' | 'sensitivity'>) {
    this.#engine = engine;
    this.#source = onlyEngine(engine, health);
    this.#mode = mode;
    this.#smoothingMs = smoothingMs;
    this.#sensitivity = sensitivity;
    this.#toldSensitivity = health.brought ? null : sensitivity;
    this.backend = health.backend;
    this.model = health.model;
  }

  static async create({ assetBase, backend, mode, smoothingMs, sensitivity, model, modelInput, onLoadProgress, signal }: ReaderOptions): Promise<Reader> {
    return orAborted(signal, async () => {
      // Programs that bring no model do not load what takes it.
      const source = model === undefined ? {} : { model: await (await import('./model-source')).takeModel(model, modelInput) };
      const engine = await createEngine({ assetBase, backend, settings: { smoothingMs, sensitivity }, ...source }, onLoadProgress, signal);
      try {
        const health = await engine.health();
        signal?.throwIfAborted();
        return new Reader(engine, health, { mode, smoothingMs, sensitivity });
      } catch (error) {
        await engine.dispose();
        throw error;
      }
    });
  }

  health(): Promise<RecognizerHealth> {
    return this.#running(undefined, async () => {
      const { ready, backend, model, brought, memory } = await this.#engine.health();
      return { loaded: ready, backend, model, modelInput: brought, memory, place: this.#engine.place };
    });
  }

  /** Reads one picture. Calls are queued in order; an image element joins the queue once it has loaded. */
  async read(input: unknown, signal?: AbortSignal): Promise<FrameResult> {
    const image = takeImage(input);
    // An aborted call keeps its turn until the engine has answered: its tracks must be gone before the next picture.
    const read = () => this.#queue.add(() => this.#running(undefined, () => this.#readPicture(image, signal)));
    try {
      return await orAborted(signal, () => (image.loading ? untilAborted(this.#end.signal, image.loading).then(read) : read()));
    } finally {
      image.discard();
    }
  }

  /**
   * The account of a picture that `read` has read.
   *
   * @param file the picture's name.
   */
  async accountOf(file: string, input: unknown, { frame, backends: [backend = this.backend] }: FrameResult, startedAtMs: number): Promise<ReadingAccount> {
    const blob = await fileOf(input);
    const source = pictureSource({ name: file, bytes: blob?.size ?? null, container: blob && (await (await pictureOpener()).pictureContainer(blob)) }, frame);
    const search = this.#mode === 'still' ? 'thorough' : 'fast';
    return pictureAccount({ source, search, sensitivity: this.#toldSensitivity, backend, appVersion: APP_VERSION, startedAtMs }, null);
  }

  /** Classifies cropped faces, in order. */
  classify(crops: unknown, signal?: AbortSignal): Promise<Probabilities[]> {
    return this.#running(signal, async () => {
      if (!Array.isArray(crops)) throw new MienError('call', 'wrong-type', `no array of crops: ${tagOf(crops)}`);
      const answers: Probabilities[] = [];
      for (let at = 0; at < crops.length; at += CROPS_AT_ONCE) {
        const copies = await copyAll(crops.slice(at, at + CROPS_AT_ONCE));
        answers.push(...(await this.#engine.classifyCrops(copies)));
        signal?.throwIfAborted();
      }
      return answers;
    });
  }

  readVideo(file: unknown, options: VideoOptions): Promise<SessionRecord> {
    const reading = { ...options, engine: this.#source, smoothingMs: this.#smoothingMs, sensitivity: this.#sensitivity, stream: this.#newStream() };
    // Loads the video reader only in programs that read videos.
    return this.#running(options.signal, async () => (await import('./video-reading')).readVideo(file, reading));
  }

  /**
   * Reads a video element until the returned function is called.
   *
   * @param onError `ended` is true after the last attempt.
   * @throws MienError `call/wrong-type`, `engine/disposed`.
   */
  follow(video: unknown, onResult: (result: FrameResult) => void, onError: (error: MienError, ended: boolean) => void): () => void {
    if (this.#disposing) throw new MienError('engine', 'disposed');
    if (tagOf(video) !== 'HTMLVideoElement') throw new MienError('call', 'wrong-type', `no video element: ${tagOf(video)}`);
    const stop = () => {
      reading.stop();
      this.#live.delete(reading);
    };
    const reading = new LiveReading({
      video: video as HTMLVideoElement,
      engine: this.#source,
      stream: { name: this.#newStream(), search: 'fast', isLive: true },
      tracks: new TrackNumbers(this.#engine.generation),
      onResult,
      onError: (error, ended) => {
        if (ended) stop();
        onError(error, ended);
      },
    });
    this.#live.add(reading);
    return stop;
  }

  /** Ends the workers and all pending work. Idempotent. */
  dispose(): Promise<void> {
    if (!this.#disposing) {
      this.#end.abort(new MienError('engine', 'disposed'));
      for (const reading of this.#live) reading.stop();
      this.#disposing = this.#engine.dispose();
    }
    return this.#disposing;
  }

  #newStream(): string {
    this.#streams++;
    return `api-${this.#streams}`;
  }

  async #readPicture(image: PendingImage, signal: AbortSignal | undefined): Promise<FrameResult> {
    const open = () => orAborted(signal, () => image.open());
    if (this.#mode === 'still') return readStill(this.#source, open, { signal: signal ?? new AbortController().signal });
    const { bitmap, size } = await open();
    try {
      return inPixelsOf(size, await this.#engine.analyzeNext(bitmap, 0, { name: PICTURES, search: 'fast' }, signal));
    } finally {
      // Discards the tracks before the next picture.
      this.#engine.resetLive(PICTURES).catch(() => undefined);
    }
  }

  #running<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    return orAborted(signal, () => {
      if (this.#disposing) throw new MienError('engine', 'disposed');
      return work();
    });
  }
}

/** Copies all crops or none: if one cannot be copied, closes the others. */
async function copyAll(crops: readonly unknown[]): Promise<ImageBitmap[]> {
  const copies = await Promise.allSettled(Array.from(crops, (crop) => copyPixels(crop, 1)));
  const failed = copies.find((copy) => copy.status === 'rejected');
  if (!failed) return copies.filter((copy) => copy.status === 'fulfilled').map((copy) => copy.value);
  for (const copy of copies) if (copy.status === 'fulfilled') copy.value.close();
  throw failed.reason;
}
