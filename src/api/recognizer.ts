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
   * Where the library's workers, wasm and models are served: address of a copy of the folder that this module lies
   * in, absolute or relative to the page. Default: the folder that this module was loaded from.
   */
  readonly assetBase?: string | URL;
  /** The compute backend. `'auto'`, the default, measures each, and remembers the fastest in the page's localStorage. */
  readonly backend?: BackendChoice;
  /**
   * How hard `detect` looks for faces. `'still'`, the default, also finds small ones and may take seconds; `'live'`
   * looks once, in milliseconds.
   */
  readonly mode?: 'live' | 'still';
  /** Time constant of the smoothing within a track in `track` and `detectVideo`, ms; 0: none. Default: 250. */
  readonly smoothingMs?: number;
  /**
   * How readily other expressions than neutral and happy are named by Mien's own model; its card has what each costs. Default:
   * `'balanced'`.
   */
  readonly sensitivity?: Sensitivity;
  /**
   * A model to read expressions with in place of Mien's own: an `.h5` or `.keras` file of Keras, a tfjs layers or graph
   * model (its files or a ZIP), or the address of one. All results name it.
   */
  readonly model?: ModelInput;
  /** The model's input format and the meaning of its outputs. Missing values are determined on drawn faces. */
  readonly modelInput?: ModelInputOptions;
  /** Errors thrown by it, as by every callback, are reported as uncaught errors of the page. */
  readonly onLoadProgress?: (progress: LoadProgress) => void;
  /** Cancels the start, which rejects with `call/aborted`. */
  readonly signal?: AbortSignal;
}

export interface DetectOptions {
  /** Name of the picture in its record. Default: a File's own, else empty. */
  readonly file?: string;
  /** Cancels the call, which rejects with `call/aborted`. */
  readonly signal?: AbortSignal;
}

export interface TrackOptions {
  /**
   * Told of each frame that failed. The next one is tried after a pause, unless `ended`: after `image/cross-origin`,
   * and after six failures in a row. Default: the browser's own report of uncaught errors.
   */
  readonly onError?: (error: MienError, ended: boolean) => void;
}

/**
 * Reads expressions. All that it returns is plain data in the format of the app's own files: lengths and places in
 * pixels of the picture as displayed, angles in degrees, probabilities 0–1.
 *
 * Every method rejects (`track` throws) with a `MienError`: `engine/disposed` after `dispose`, `call/wrong-type` and
 * `call/out-of-range` for arguments that make no sense, `engine/*` and `model/*` where the computing itself failed.
 * Workers that died are replaced with the next call.
 */
export interface Recognizer {
  health(): Promise<RecognizerHealth>;
  /**
   * The faces of one picture, from left to right in `'still'` mode. Calls may overlap: they are read one after the
   * other. Rejects with `image/*`; a picture without a face is no error but a record that says so.
   */
  detect(image: ImageInput, options?: DetectOptions): Promise<PhotoRecord>;
  /**
   * A video file (MP4, MOV, WebM, MKV, MPEG-TS, AVI, a GIF that moves) from beginning to end, faster than it plays where the device can. It is
   * read piece by piece; `results` has one entry for each frame read. Rejects with `video/*`.
   */
  detectVideo(file: Blob, options?: VideoOptions): Promise<SessionRecord>;
  /**
   * Faces that the caller has cropped, of any size, in the same order. The square about a crop's centre with its
   * longer side is averaged to 48×48 greys and standardised, as the app's own crops are; best is a square about a
   * tenth wider than the face. Rejects with `image/*`.
   */
  classifyFaces(crops: readonly PixelSource[], options?: { readonly signal?: AbortSignal }): Promise<CropRecord[]>;
  /**
   * Reads what a video element shows, at the rate that the device can, and calls back with each frame: `frame`
   * counts those read, `timestamp` is since the first one.
   *
   * @returns stops it; nothing is called back any more.
   */
  track(video: HTMLVideoElement, callback: (frame: SessionFrameRecord) => void, options?: TrackOptions): () => void;
  /** Ends its workers, every call under way and every `track`. May be called again. */
  dispose(): Promise<void>;
}

/**
 * Loads the model (15 MB, once) and starts a recognizer in two workers of its own; with the backend `'auto'`, a third one
 * measures others for some seconds after the first result.
 *
 * @throws `engine/not-in-browser`; `engine/assets-not-found` where `assetBase` is not the folder of this version of the
 * library; `engine/worker-blocked` and `engine/wasm-blocked`, mostly by a content security policy or Trusted Types (see
 * docs/library.md for what they must allow); `model/*` where a model's file is missing or damaged; `model-file/*`
 * where the option `model` cannot be run (`detail` names the layer); `call/*`.
 */
export async function createRecognizer(options?: RecognizerOptions): Promise<Recognizer> {
  // Typed as always present, yet absent in Node.
  if ((globalThis.createImageBitmap as typeof createImageBitmap | undefined) === undefined) {
    throw new MienError('engine', 'not-in-browser', 'no createImageBitmap');
  }
  const { backend = 'auto', mode = 'still', smoothingMs = DEFAULT_SMOOTHING_MS, sensitivity = DEFAULT_SENSITIVITY, ...others } = checkedOptions(options);
  const { assetBase, model, modelInput, onLoadProgress, signal } = others;
  expect(backend === 'auto' || BACKEND_NAMES.includes(backend), `backend: ${backend}`);
  expect(['live', 'still'].includes(mode), `mode: ${mode}`);
  expect(Number.isFinite(smoothingMs) && smoothingMs >= 0, `smoothingMs: ${smoothingMs}`);
  expect(SENSITIVITIES.includes(sensitivity), `sensitivity: ${sensitivity}`);
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

/** Absolute, with a trailing slash. */
function folder(assetBase: string | URL | undefined): string {
  if (assetBase !== undefined && typeof assetBase !== 'string' && tagOf(assetBase) !== 'URL') {
    throw new MienError('call', 'wrong-type', `assetBase: ${tagOf(assetBase)}`);
  }
  // In a variable, so that bundlers leave the address alone.
  const thisModule = import.meta.url;
  try {
    const url = assetBase === undefined ? new URL('./', thisModule) : new URL(assetBase, globalThis.location.href);
    if (!url.pathname.endsWith('/')) url.pathname += '/';
    // What has no path (`data:`, `javascript:`) holds no files.
    return new URL('./', url).href;
  } catch (error) {
    throw new MienError('call', 'out-of-range', `assetBase: ${String(assetBase)}`, error);
  }
}

function nameOf(image: ImageInput): string {
  return tagOf(image) === 'File' ? (image as File).name : '';
}
