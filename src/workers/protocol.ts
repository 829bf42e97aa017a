import type { ModelSource } from '../network/brought-model';
import type { Probabilities } from '../engine/labels';
import type { Reply } from '../engine/reply';
import type {
  BackendChoice,
  BackendName,
  BackendReport,
  EngineHealth,
  FrameResult,
  LiveFrame,
  EngineSettings,
  LoadProgress,
  StreamOptions,
  OnGlance,
} from '../engine/types';

/** The stream of `analyzeLive` where none is named. */
export const LIVE_STREAM: StreamOptions = { name: 'live', search: 'fast' };

/** What the engine is told once, at creation. */
export interface EngineOptions {
  /** Absolute URL of the folder that holds `vendor/` and `models/`, with a trailing slash. */
  readonly assetBase: string;
  readonly backend: BackendChoice;
  readonly settings: EngineSettings;
  /** A model that somebody brought, to read expressions in place of the one that ships. */
  readonly model?: ModelSource;
}

/** What the worker is told: the choice of backend already turned into an order to try. */
export interface StartOptions {
  readonly assetBase: string;
  readonly backends: readonly BackendName[];
  readonly settings: EngineSettings;
  readonly model?: ModelSource;
}

/** MediaPipe's WebAssembly, which the page fetches and compiles while the worker starts. */
export type OpenBinary = () => Promise<Reply<WebAssembly.Module>>;

/** What the worker offers over comlink. A frame is transferred in, and closed by the engine. */
export interface EngineApi {
  /**
   * Takes a Web Lock and keeps it as long as the worker lives; answers when it is held, or with an error where the
   * browser refuses it. What is called after it, `start` above all, runs only then.
   */
  holdLock(name: string): Promise<Reply<null>>;
  /** @param onProgress is told of all but the binary. */
  start(options: StartOptions, onProgress: (progress: LoadProgress) => void, openBinary: OpenBinary): Promise<Reply<EngineHealth>>;
  analyzeStill(frame: ImageBitmap, onGlance: OnGlance | null): Promise<Reply<FrameResult>>;
  /** Gives up the newest still at its next pause; its call then answers with an error. */
  abortStill(): Promise<void>;
  classifyCrops(crops: readonly ImageBitmap[]): Promise<Reply<Probabilities[]>>;
  /** One frame of a stream, whether it may be replaced on its way here or not. */
  analyzeLive(frame: LiveFrame, timestampMs: number, stream: StreamOptions, isBehind: boolean): Promise<Reply<FrameResult>>;
  configure(settings: EngineSettings): Promise<Reply<null>>;
  /** Frees the tracks of the stream of this name: a new camera, a new clip. */
  resetLive(name: string): Promise<Reply<null>>;
  /** Median milliseconds that the serving backend takes for one face: some runs, which frames wait for. */
  measure(): Promise<Reply<number>>;
  changeBackend(name: BackendName): Promise<Reply<EngineHealth>>;
  health(): Promise<Reply<EngineHealth>>;
  dispose(): Promise<Reply<null>>;
}

/** One backend, measured on its own in a worker that then goes away. */
export interface ProbeApi {
  probe(backend: BackendName, assetBase: string): Promise<BackendReport>;
}

/**
 * The engine as the rest of the app sees it, in a worker or on the main thread.
 *
 * Every method rejects with a `MienError`. A dead worker is replaced by itself; the call that was
 * under way rejects with `engine/worker-died`, later calls work again.
 */
export interface Engine {
  /**
   * Stills run one after the other; live frames run in between. Detection is thorough and may take
   * seconds. Closes the frame.
   *
   * @param signal gives up a still that waits or is under way (rejects with its reason).
   * @param onGlance asks for a first look; never called after the answer.
   */
  analyzeStill(frame: ImageBitmap, signal?: AbortSignal, onGlance?: OnGlance): Promise<FrameResult>;
  /**
   * The newest frame of a live view: of each stream at most one is in flight and one waits; a newer frame
   * replaces the waiting one, whose promise then resolves to null. Closes the frame in every case.
   *
   * @param timestampMs The stream's own clock, ms; must not run back within a stream.
   * @param stream Default: `LIVE_STREAM`.
   * @param isBehind Frames come faster than they are read, as on a slow or busy machine: the search for new faces then takes
   *   less of each. Default: false.
   */
  analyzeLive(frame: LiveFrame, timestampMs: number, stream?: StreamOptions, isBehind?: boolean): Promise<FrameResult | null>;
  /**
   * The next frame of a clip: like `analyzeLive`, but none is ever dropped; frames run in the order in which
   * they came. Streams and stills take turns. Closes the frame in every case. Await each before sending many
   * more: they all stay in memory.
   *
   * @param signal gives up a frame that still waits (rejects with its reason); one under way is finished.
   */
  analyzeNext(frame: LiveFrame, timestampMs: number, stream: StreamOptions, signal?: AbortSignal): Promise<FrameResult>;
  /**
   * Faces that are cropped already, answered in their order: of each the square about its centre with its longer
   * side. Closes the bitmaps.
   */
  classifyCrops(crops: readonly ImageBitmap[]): Promise<Probabilities[]>;
  configure(settings: EngineSettings): Promise<void>;
  /**
   * Frees what is remembered of a stream, once its frames sent so far are done: a new camera, the end of a
   * clip. Track numbers then start at 1 again.
   */
  resetLive(name?: string): Promise<void>;
  health(): Promise<EngineHealth>;
  /** Where the engine runs; `main-thread` is the fall-back without workers or OffscreenCanvas. */
  readonly place: 'worker' | 'main-thread';
  /** Rises when a dead worker was replaced: every stream's tracks then start at 1 again. 0 before the first start. */
  readonly generation: number;
  dispose(): Promise<void>;
}
