import type { ModelSource } from '../network/brought-model';
import type { HiddenShares } from '../engine/covering-network';
import type { OnDownload } from '../engine/download-meter';
import type { Answer } from '../engine/expression-model';
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

/** The stream of `analyzeLive` where none is named. */
export const LIVE_STREAM: StreamOptions = { name: 'live', search: 'fast', isLive: true };

/** What the engine is told once, at creation. */
export interface EngineOptions {
  /** Absolute URL of the folder that holds `vendor/` and `models/`, with a trailing slash. */
  readonly assetBase: string;
  readonly backend: BackendChoice;
  readonly settings: EngineSettings;
  /** A model that somebody brought, to read expressions in place of the one that ships. */
  readonly model?: ModelSource;
}

/** What an engine's threads are told: the choice of backend already turned into an order to try. */
export interface StartOptions {
  readonly assetBase: string;
  readonly backends: readonly BackendName[];
  readonly settings: EngineSettings;
  readonly model?: ModelSource;
}

/** MediaPipe's WebAssembly, which the page fetches and compiles while the workers start. */
export type OpenBinary = () => Promise<Reply<WebAssembly.Module>>;

/** A thread of which the page notices the death. */
export interface LockHolder {
  /**
   * Takes a Web Lock and keeps it as long as the worker lives; answers when it is held, or with an error where the
   * browser refuses it. What is called after it runs only then; of `start`, what it may fetch before is under way at once.
   */
  holdLock(name: string): Promise<Reply<null>>;
  /** Bypasses the queue: answers as soon as the thread is not busy. */
  ping(): Promise<null>;
}

/**
 * What the worker of the networks offers over comlink: `FaceNetworks` to the engine, with errors as values, and the rest to the page, which
 * asks it at once, since every way there and back is waited for in a cold start. Arrays are transferred in.
 */
export interface NetworkApi extends LockHolder {
  /**
   * Loads them; to be called once. The page calls it, so that they load while the engine's own worker starts.
   *
   * @param engine offers all of this there too, from now on; null: both run in one thread.
   */
  start(options: StartOptions, onDownload: OnDownload, engine: MessagePort | null): Promise<Reply<null>>;
  ready(): Promise<Reply<FaceInput | null>>;
  classify(faces: Float32Array): Promise<Reply<readonly Answer[]>>;
  hiddenParts(faces: Float32Array): Promise<Reply<readonly HiddenShares[] | null>>;
  setSensitivity(sensitivity: Sensitivity): Promise<Reply<null>>;
  /** Median milliseconds that the serving backend takes for one face: some runs, which frames wait for. */
  measure(): Promise<Reply<number>>;
  /** Stays with the present one where the other does not pass. */
  changeBackend(name: BackendName): Promise<Reply<null>>;
  health(): Promise<Reply<EngineHealth>>;
  dispose(): Promise<Reply<null>>;
  /** Measures one backend, in a worker that serves no engine and then goes away. */
  probe(backend: BackendName, assetBase: string): Promise<Reply<BackendReport>>;
}

/** What the engine's worker offers over comlink. A frame is transferred in, and closed by the engine. */
export interface EngineApi extends LockHolder {
  /**
   * To be called once.
   *
   * @param onDownload is told of all but the binary and the networks.
   * @param networks have been started; or the port to them.
   */
  start(options: StartOptions, onDownload: OnDownload, openBinary: OpenBinary, networks: NetworkApi | MessagePort): Promise<Reply<null>>;
  analyzeStill(frame: ImageBitmap, onGlance: OnGlance | null): Promise<Reply<FrameResult>>;
  /** Gives up the newest still at its next pause; its call then answers with an error. */
  abortStill(): Promise<void>;
  classifyCrops(crops: readonly ImageBitmap[]): Promise<Reply<Probabilities[]>>;
  /** One frame of a stream, whether it may be replaced on its way here or not. */
  analyzeLive(frame: LiveFrame, timestampMs: number, stream: StreamOptions, isBehind: boolean): Promise<Reply<FrameResult>>;
  configure(settings: EngineSettings): Promise<Reply<null>>;
  /** Frees the tracks of the stream of this name: a new camera, a new clip. */
  resetLive(name: string): Promise<Reply<null>>;
  dispose(): Promise<Reply<null>>;
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
