import type { ModelSource } from '../network/brought-model';
import type { HiddenShares } from '../engine/covering-network';
import type { OnDownload } from '../engine/download-meter';
import type { ComputedAnswer } from '../engine/expression-model';
import type { Probabilities } from '../engine/labels';
import type { Sensitivity } from '../engine/mixing';
import type { Reply } from '../engine/reply';
import type {
  BackendChoice,
  BackendName,
  BackendReport,
  EngineHealth,
  FaceInput,
  FrameResult,
  LiveFrame,
  EngineSettings,
  StreamOptions,
  OnGlance,
} from '../engine/types';

/** Default stream of `analyzeLive`. */
export const LIVE_STREAM: StreamOptions = { name: 'live', search: 'fast', isLive: true };

/** Options of an engine, fixed at creation. */
export interface EngineOptions {
  /** Absolute URL of the folder that holds `vendor/` and `models/`, with a trailing slash. */
  readonly assetBase: string;
  readonly backend: BackendChoice;
  readonly settings: EngineSettings;
  /** User-supplied expression model that replaces the shipped one. */
  readonly model?: ModelSource;
}

/** Options for an engine's threads: the backend choice is already resolved to an order to try. */
export interface StartOptions {
  readonly assetBase: string;
  readonly backends: readonly BackendName[];
  readonly settings: EngineSettings;
  readonly model?: ModelSource;
}

/** Returns MediaPipe's WebAssembly, which the page fetches and compiles while the workers start. */
export type OpenBinary = () => Promise<Reply<WebAssembly.Module>>;

/** A thread whose death the page can detect. */
export interface LockHolder {
  /**
   * Takes a Web Lock for the lifetime of the worker. Answers when the lock is held, or with an error if the browser refuses it. Later calls run only
   * then, except for downloads of `start`, which begin at once.
   */
  holdLock(name: string): Promise<Reply<null>>;
  /** Bypasses the queue: answers as soon as the thread is idle. */
  ping(): Promise<null>;
}

/**
 * Interface of the networks' worker over comlink: `FaceNetworks` for the engine, with errors as values, and the rest for the page. The page calls it
 * directly, since each round trip lengthens a cold start. Arrays are transferred in.
 */
export interface NetworkApi extends LockHolder {
  /**
   * Loads the networks; call once. The page calls it, so that they load while the engine's worker starts.
   *
   * @param engine port over which this interface is offered to the engine; null if both run on one thread.
   */
  start(options: StartOptions, onDownload: OnDownload, engine: MessagePort | null): Promise<Reply<null>>;
  ready(): Promise<Reply<FaceInput | null>>;
  classify(faces: Float32Array, sensitivity?: Sensitivity): Promise<Reply<readonly ComputedAnswer[]>>;
  hiddenParts(faces: Float32Array): Promise<Reply<readonly HiddenShares[] | null>>;
  setSensitivity(sensitivity: Sensitivity): Promise<Reply<null>>;
  /** Median milliseconds per face on the serving backend. Makes several runs, which delay frames. */
  measure(): Promise<Reply<number>>;
  /** Keeps the current backend if the new one fails its check. */
  changeBackend(name: BackendName): Promise<Reply<null>>;
  health(): Promise<Reply<EngineHealth>>;
  dispose(): Promise<Reply<null>>;
  /** Measures one backend, in a worker that serves no engine and ends afterwards. */
  probe(backend: BackendName, assetBase: string): Promise<Reply<BackendReport>>;
}

/** Interface of the engine's worker over comlink. Frames are transferred in and closed by the engine. */
export interface EngineApi extends LockHolder {
  /**
   * Call once.
   *
   * @param onDownload reports all downloads except the binary and the networks.
   * @param networks networks that have been started, or a port to them.
   */
  start(options: StartOptions, onDownload: OnDownload, openBinary: OpenBinary, networks: NetworkApi | MessagePort): Promise<Reply<null>>;
  analyzeStill(frame: ImageBitmap, onGlance: OnGlance | null, sensitivity?: Sensitivity): Promise<Reply<FrameResult>>;
  /** Aborts the newest still at its next pause; its call then answers with an error. */
  abortStill(): Promise<void>;
  classifyCrops(crops: readonly ImageBitmap[]): Promise<Reply<Probabilities[]>>;
  /** Analyses one frame of a stream, live or clip. */
  analyzeLive(frame: LiveFrame, timestampMs: number, stream: StreamOptions, isBehind: boolean): Promise<Reply<FrameResult>>;
  configure(settings: EngineSettings): Promise<Reply<null>>;
  /** Ends the tracks of the named stream, e.g. for a new camera or clip. */
  resetLive(name: string): Promise<Reply<null>>;
  dispose(): Promise<Reply<null>>;
}

/**
 * The engine as the rest of the app sees it, in a worker or on the main thread.
 *
 * Every method rejects with a `MienError`. A dead worker is replaced automatically: the pending call rejects with `engine/worker-died`, and later
 * calls work again.
 */
export interface Engine {
  /**
   * Analyses stills one after the other, with live frames in between. Detection is thorough and may take seconds. Closes the frame.
   *
   * @param signal cancels a waiting or running still (rejects with the signal's reason).
   * @param onGlance receives a first look; never called after the answer.
   * @param sensitivity default: that of `EngineSettings`.
   */
  analyzeStill(frame: ImageBitmap, signal?: AbortSignal, onGlance?: OnGlance, sensitivity?: Sensitivity): Promise<FrameResult>;
  /**
   * Analyses the newest frame of a live view. Each stream has at most one frame in flight and one waiting; a newer frame replaces the waiting one,
   * whose promise then resolves to null. Always closes the frame.
   *
   * @param timestampMs Clock of the stream, ms; must not decrease within a stream.
   * @param stream Default: `LIVE_STREAM`.
   * @param isBehind True if frames arrive faster than they are analysed, as on a slow or busy machine: the search for new faces then takes
   * less time per frame. Default: false.
   */
  analyzeLive(frame: LiveFrame, timestampMs: number, stream?: StreamOptions, isBehind?: boolean): Promise<FrameResult | null>;
  /**
   * Analyses the next frame of a clip: like `analyzeLive`, but drops no frame and runs frames in order of arrival. Streams and stills take turns.
   * Always closes the frame. Await each call before sending many more: queued frames stay in memory.
   *
   * @param signal cancels a waiting frame (rejects with the signal's reason); a running one is finished.
   */
  analyzeNext(frame: LiveFrame, timestampMs: number, stream: StreamOptions, signal?: AbortSignal): Promise<FrameResult>;
  /** Classifies cropped faces, in order; each input is the centred square with the longer side of the crop. Closes the bitmaps. */
  classifyCrops(crops: readonly ImageBitmap[]): Promise<Probabilities[]>;
  configure(settings: EngineSettings): Promise<void>;
  /** Resets a stream once its frames sent so far are done, e.g. for a new camera or at the end of a clip. Track numbers then restart at 1. */
  resetLive(name?: string): Promise<void>;
  health(): Promise<EngineHealth>;
  /** Resolves when the engine runs: at once, or after a dead worker has been replaced. Makes no round trip to the worker. */
  started(): Promise<null>;
  /** Thread that runs the engine; `main-thread` is the fallback without workers or OffscreenCanvas. */
  readonly place: 'worker' | 'main-thread';
  /** Increases when a dead worker is replaced: the tracks of every stream then restart at 1. 0 before the first start. */
  readonly generation: number;
  dispose(): Promise<void>;
}
