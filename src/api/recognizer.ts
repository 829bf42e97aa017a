import { MienError } from '../engine/errors';
import { DEFAULT_SENSITIVITY, SENSITIVITIES, type Sensitivity } from '../engine/mixing';
import {
  BACKEND_NAMES,
  DEFAULT_SMOOTHING_MS,
  type BackendChoice,
  type LoadProgress,
} from '../engine/types';
import { toPhotoRecord, type PhotoRecord } from '../export/photo-record';
import { toResultRecord, type SessionFrameRecord } from '../export/frame-record';
import type { SessionRecord } from '../export/session-record';
import { assertFunction, checkedOptions, contained } from './call-options';
import { tagOf, type ImageInput, type PixelSource } from './image-input';
import type { ModelInput, ModelInputOptions } from './model-source';
import { Reader } from './reader';
import { toCropRecord, type CropRecord } from './records';
import type { RecognizerHealth } from './recognizer-health';
import type { VideoOptions } from './video-reading';

export interface RecognizerOptions {
  /**
   * URL of the folder with the library's workers, wasm and models (a copy of the folder of this module), absolute or
   * relative to the page. Default: the folder that this module was loaded from.
   */
  readonly assetBase?: string | URL;
  /**
   * The compute backend. `'auto'`, the default, benchmarks all of them and caches the fastest in the page's localStorage. A backend that
   * does not run here is replaced by another: `health` reports which.
   */
  readonly backend?: BackendChoice;
  /**
   * How thoroughly `detect` searches for faces. `'still'`, the default, also finds small ones and may take seconds;
   * `'live'` makes one pass, in milliseconds.
   */
  readonly mode?: 'live' | 'still';
  /** Time constant of the temporal smoothing per track in `track` and `detectVideo`, ms; 0 disables it. Default: 250. */
  readonly smoothingMs?: number;
  /**
   * How readily Mien's own model names expressions other than neutral and happy; its model card states the trade-off.
   * Default: `'balanced'`.
   */
  readonly sensitivity?: Sensitivity;
  /**
   * A model to use instead of Mien's own: a Keras `.h5` or `.keras` file, a tfjs layers or graph model (its files or a
   * ZIP), or the URL of one. All results name it.
   */
  readonly model?: ModelInput;
  /** Input format and output labels of `model`; an error without it. Missing values are estimated on drawn faces. */
  readonly modelInput?: ModelInputOptions;
  /** Called while loading. Its errors, like those of every callback, are reported as uncaught errors of the page. */
  readonly onLoadProgress?: (progress: LoadProgress) => void;
  /** Cancels the start, which rejects with `call/aborted`. */
  readonly signal?: AbortSignal;
}

export interface DetectOptions {
  /** Name of the picture in its record. Default: the name of a File, else empty. */
  readonly file?: string;
  /** Cancels the call, which rejects with `call/aborted`. */
  readonly signal?: AbortSignal;
}

export interface TrackOptions {
  /**
   * Called for each failed frame. The next one is tried after a pause unless `ended`, i.e. after `image/cross-origin`
   * or six consecutive failures. Default: reports an uncaught error.
   */
  readonly onError?: (error: MienError, ended: boolean) => void;
}

/**
 * Reads facial expressions. All results are plain data in the format of the app's own files: positions and lengths in
 * pixels of the picture as displayed, angles in degrees, probabilities 0–1.
 *
 * Every method rejects (`track` throws) with a `MienError`: `engine/disposed` after `dispose`, `call/wrong-type` and
 * `call/out-of-range` for invalid arguments, `engine/*` and `model/*` for failed inference. The next call replaces
 * workers that crashed.
 */
export interface Recognizer {
  health(): Promise<RecognizerHealth>;
  /**
   * Reads the faces of one picture, in `'still'` mode from left to right. Concurrent calls are queued. Rejects with
   * `image/*`; a picture without a face is not an error, its record says so.
   */
  detect(image: ImageInput, options?: DetectOptions): Promise<PhotoRecord>;
  /**
   * Reads a video file (MP4, MOV, WebM, MKV, MPEG-TS, AVI, animated GIF) from start to end, faster than real time if the
   * device allows. The file is streamed; `results` has one entry per frame read. Rejects with `video/*`.
   */
  detectVideo(file: Blob, options?: VideoOptions): Promise<SessionRecord>;
  /**
   * Classifies faces that the caller has cropped, of any size, in order. The square around a crop's centre with its
   * longer side is averaged to 48×48 grey levels and standardised, like the app's own crops; squares about a tenth wider
   * than the face work best. Rejects with `image/*`.
   */
  classifyFaces(crops: readonly PixelSource[], options?: { readonly signal?: AbortSignal }): Promise<CropRecord[]>;
  /**
   * Reads a playing video element at the rate that the device sustains, and calls back for each frame: `frame` counts
   * frames read, `timestamp` is relative to the first one.
   *
   * @returns a function that stops it; there are no callbacks after that.
   */
  track(video: HTMLVideoElement, callback: (frame: SessionFrameRecord) => void, options?: TrackOptions): () => void;
  /** Ends the workers, all pending calls and every `track`. Idempotent. */
  dispose(): Promise<void>;
}

/**
 * Loads the model (15 MB, once) and starts a recognizer in two dedicated workers; with the backend `'auto'`, a third one
 * benchmarks other backends for some seconds after the first result.
 *
 * @throws `engine/not-in-browser`; `engine/assets-not-found` if `assetBase` is not the folder of this library version;
 * `engine/worker-blocked` and `engine/wasm-blocked`, mostly due to a content security policy or Trusted Types (see
 * docs/library.md for the required directives); `model/*` if a model file is missing or damaged; `model-file/*` if the
 * option `model` cannot run (`detail` names the layer); `call/*`.
 */
export async function createRecognizer(options?: RecognizerOptions): Promise<Recognizer> {
  // Typed as always present, but missing in Node.
  if ((globalThis.createImageBitmap as typeof createImageBitmap | undefined) === undefined) {
    throw new MienError('engine', 'not-in-browser', 'no createImageBitmap');
  }
  const { backend = 'auto', mode = 'still', smoothingMs = DEFAULT_SMOOTHING_MS, sensitivity = DEFAULT_SENSITIVITY, ...others } = checkedOptions(options);
  const { assetBase, model, modelInput, onLoadProgress, signal } = others;
  expect(backend === 'auto' || BACKEND_NAMES.includes(backend), `backend: ${backend}`);
  expect(['live', 'still'].includes(mode), `mode: ${mode}`);
  expect(Number.isFinite(smoothingMs) && smoothingMs >= 0, `smoothingMs: ${smoothingMs}`);
  expect(SENSITIVITIES.includes(sensitivity), `sensitivity: ${sensitivity}`);
  expect(model !== undefined || modelInput === undefined, 'modelInput without model');
  const reader = await Reader.create({
    assetBase: folder(assetBase),
    backend,
    mode,
    smoothingMs,
    sensitivity,
    model,
    modelInput,
    ...(onLoadProgress && { onLoadProgress: contained(onLoadProgress) }),
    ...(signal && { signal }),
  });
  return recognizerOver(reader);
}

function recognizerOver(reader: Reader): Recognizer {
  return {
    health: () => reader.health(),
    async detect(image, options) {
      const { file = nameOf(image), signal } = checkedOptions(options);
      if (typeof file !== 'string') throw new MienError('call', 'wrong-type', `file: ${tagOf(file)}`);
      const startedAtMs = Date.now();
      const result = await reader.read(image, signal);
      return toPhotoRecord({ result, reading: await reader.accountOf(file, image, result, startedAtMs) }, reader.model);
    },
    async detectVideo(file, options) {
      const { onProgress, ...others } = checkedOptions(options);
      return reader.readVideo(file, { ...others, ...(onProgress && { onProgress: contained(onProgress) }) });
    },
    async classifyFaces(crops, options) {
      const { signal } = checkedOptions(options);
      return (await reader.classify(crops, signal)).map(toCropRecord);
    },
    track(video, callback, options) {
      assertFunction(callback, 'callback');
      const { onError = reportError } = checkedOptions(options);
      const tell = contained(callback);
      let frames = 0;
      let startMs: number | null = null;
      return reader.follow(
        video,
        (result) => {
          startMs ??= result.timestampMs;
          tell(toResultRecord(result, { sample: frames, number: frames++ }, result.timestampMs - startMs));
        },
        contained(onError),
      );
    },
    dispose: () => reader.dispose(),
  };
}

function expect(condition: boolean, detail: string): void {
  if (!condition) throw new MienError('call', 'out-of-range', detail);
}

/** Absolute folder URL with a trailing slash. */
function folder(assetBase: string | URL | undefined): string {
  if (assetBase !== undefined && typeof assetBase !== 'string' && tagOf(assetBase) !== 'URL') {
    throw new MienError('call', 'wrong-type', `assetBase: ${tagOf(assetBase)}`);
  }
  // In a variable, so that bundlers do not rewrite the URL.
  const thisModule = import.meta.url;
  try {
    const url = assetBase === undefined ? new URL('./', thisModule) : new URL(assetBase, globalThis.location.href);
    if (!url.pathname.endsWith('/')) url.pathname += '/';
    // Throws for URLs without a path (`data:`, `javascript:`), which cannot be folders.
    return new URL('./', url).href;
  } catch (error) {
    throw new MienError('call', 'out-of-range', `assetBase: ${String(assetBase)}`, error);
  }
}

function nameOf(image: ImageInput): string {
  return tagOf(image) === 'File' ? (image as File).name : '';
}
