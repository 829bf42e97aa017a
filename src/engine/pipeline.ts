import { activateBackend } from './backend';
import { loadModelFiles } from './model-files';
import { ClassifierService } from './classifier-service';
import type { ExpressionModel, OpenExpressionModel } from './expression-model';
import { CROP_SIZE, cropRegion, FaceCropper, wholeRegion } from './face-crop';
import { FaceDetector, type Pause } from './face-detector';
import type { FrameImage } from './face-detector/region-view';
import { isUncertain, judgeQuality, measureQuality, type SeenFace } from './face-quality';
import type { TrackedFace } from './face-tracker';
import { FrameSampler } from './frame-sampler';
import { FrameSurface } from './frame-surface';
import { insideShare, pixelRect, type Size } from './geometry';
import { estimateHeadPose } from './head-pose';
import { dominant, type Expression, type Probabilities } from './labels';
import { LiveStreams, type LiveStream } from './live-stream';
import type {
  BackendName,
  EngineHealth,
  FaceDetection,
  FaceObservation,
  FrameResult,
  LiveFrame,
  EngineSettings,
  LoadProgress,
  QualityConcern,
  SkipReason,
  StreamOptions,
} from './types';

/** Below this many pixels on the crop's side there is no expression left to read. */
export const SMALLEST_CROP_PX = 18;

/** A face of which less than this share lies in the frame is not classified. */
const SMALLEST_INSIDE_SHARE = 0.5;

/** Rough sizes (bytes) of what is fetched, for a progress bar that starts before the answers come. */
const EXPECTED_BYTES = { detector: 11_600_000, classifier: 4_000_000 };

/** Progress is told so often: a message for each of some hundred pieces would keep both threads busy. */
const PROGRESS_MS = 100;

/** Told of the faces of a still that a first look shows, read; the thorough answer may have more, and others for these. */
export type OnGlance = (seen: FrameResult) => void;

export interface PipelineOptions {
  /** Absolute URL, with a trailing slash, of the folder that holds `vendor/` and `models/`. */
  readonly assetBase: string;
  /** Backends to start on, best first. */
  readonly backends: readonly BackendName[];
  readonly settings: EngineSettings;
  /** Opens the model that reads expressions in place of the one that ships; null for that one. */
  readonly openModel: OpenExpressionModel | null;
}

/**
 * Frame in, observations out: detector → tracker → crop → classifier → smoother.
 *
 * Takes ownership of every frame and closes it. Calls must not overlap: whoever owns the pipeline
 * queues them; only in a still's pauses may others run.
 */
export class Pipeline {
  readonly #detector: FaceDetector;
  /** Chooses and checks the backend, also for a model that was brought. */
  readonly #classifier: ClassifierService;
  readonly #model: ExpressionModel;
  /** What the quality of a face's picture is judged by. */
  readonly #cropper = new FaceCropper();
  /** What the model sees: the same crops, or of its own size. */
  readonly #modelCropper: FaceCropper;
  readonly #surface = new FrameSurface();
  readonly #sampler = new FrameSampler();
  readonly #streams: LiveStreams;

  private constructor(detector: FaceDetector, classifier: ClassifierService, model: ExpressionModel, settings: EngineSettings) {
    this.#detector = detector;
    this.#classifier = classifier;
    this.#model = model;
    this.#modelCropper = model === classifier ? this.#cropper : new FaceCropper(model.input);
    this.#streams = new LiveStreams(settings.smoothingMs);
    classifier.sensitivity = settings.sensitivity;
  }

  /** Loads, checks and warms up every stage. Throws `MienError` of kind `model` or `engine`. */
  static async create(options: PipelineOptions, onProgress: (p: LoadProgress) => void): Promise<Pipeline> {
    const { assetBase } = options;
    let loaded = 0;
    const total = EXPECTED_BYTES.detector + EXPECTED_BYTES.classifier;
    let toldAtMs = -Infinity;
    const tell = (step: LoadProgress['step']) => {
      toldAtMs = performance.now();
      onProgress({ loadedBytes: loaded, totalBytes: Math.max(total, loaded), step });
    };
    const report = (step: LoadProgress['step']) => (bytes: number) => {
      loaded += bytes;
      if (performance.now() - toldAtMs >= PROGRESS_MS) tell(step);
    };
    let underWay = 2;
    // Also the last pieces of the first to come, which nothing else may follow for long.
    const onFetched = (other: LoadProgress['step']) => {
      underWay--;
      if (underWay > 0) tell(other);
      else onProgress({ loadedBytes: loaded, totalBytes: loaded, step: 'warm-up' });
    };
    const classifierReady = Promise.all([
      loadModelFiles(assetBase, report('classifier')).then((files) => {
        onFetched('detector');
        return files;
      }),
      // Its code and binary come while the weights do; whether it may serve is seen below.
      activateBackend(options.backends[0] ?? 'wasm', assetBase),
    ]).then(([files]) => ClassifierService.create(files, assetBase, options.backends));
    const [detector, made] = await Promise.allSettled([
      FaceDetector.create({ assetBase, onBytes: report('detector'), onFetched: () => onFetched('classifier') }),
      classifierReady,
    ]);
    if (detector.status === 'rejected' || made.status === 'rejected') {
      if (detector.status === 'fulfilled') detector.value.dispose();
      if (made.status === 'fulfilled') made.value.dispose();
      throw detector.status === 'rejected' ? detector.reason : (made as PromiseRejectedResult).reason;
    }
    const classifier = made.value;
    try {
      const model = (await options.openModel?.(() => classifier.replaceLostBackend())) ?? classifier;
      return new Pipeline(detector.value, classifier, model, options.settings);
    } catch (error) {
      detector.value.dispose();
      classifier.dispose();
      throw error;
    }
  }

  /**
   * Thorough detection, no tracks, no smoothing. Its timings count what ran in its pauses, and the first look's reading.
   *
   * @param pause is awaited often; what it rejects with ends the analysis.
   * @param onGlance is told of faces that are seen at once, long before the answer.
   */
  async analyzeStill(frame: ImageBitmap, pause: Pause, onGlance: OnGlance | null): Promise<FrameResult> {
    try {
      const tell = async (found: FaceDetection[]) => {
        if (onGlance && found.length > 0) onGlance(await this.#analyze(frame, 0, () => Promise.resolve(found), null));
      };
      return await this.#analyze(frame, 0, () => this.#detector.detectStill(frame, pause, tell), null);
    } finally {
      frame.close();
    }
  }

  /**
   * Detection with the stream's own tracks and smoothing.
   *
   * @param timestampMs The stream's clock, which must not run back.
   * @param options of the stream; an unknown name starts one.
   */
  async analyzeLive(frame: LiveFrame, timestampMs: number, options: StreamOptions): Promise<FrameResult> {
    try {
      const picture = frame instanceof ImageBitmap ? frame : this.#surface.show(frame);
      const stream = this.#streams.get(options);
      const detect = () => this.#detector.detectLive(picture, timestampMs, stream.changeover);
      return await this.#analyze(picture, timestampMs, detect, stream);
    } finally {
      frame.close();
    }
  }

  /** Faces that are cropped already: of each the square about its centre with its longer side. Closes the bitmaps. */
  async classifyCrops(frames: readonly ImageBitmap[]): Promise<Probabilities[]> {
    try {
      const { length } = this.#modelCropper;
      const crops = new Float32Array(frames.length * length);
      frames.forEach((frame, i) => crops.set(this.#modelCropper.crop(frame, [wholeRegion(frame)]), i * length));
      return await this.#model.classify(crops);
    } finally {
      for (const frame of frames) frame.close();
    }
  }

  configure(settings: EngineSettings): void {
    this.#streams.smoothingMs = settings.smoothingMs;
    this.#classifier.sensitivity = settings.sensitivity;
  }

  /** Frees what is remembered of a stream. */
  resetLive(name: string): void {
    this.#detector.retryFull();
    this.#streams.drop(name);
  }

  /** Median milliseconds that the serving backend takes for one face. */
  measure(): Promise<number> {
    return this.#classifier.measure();
  }

  changeBackend(name: BackendName): Promise<void> {
    return this.#classifier.changeTo(name);
  }

  health(): EngineHealth {
    return {
      ready: true,
      backend: this.#classifier.backend,
      backends: this.#classifier.reports,
      model: this.#model.identity,
      brought: this.#model.report,
      memory: this.#classifier.memory,
      contextLosses: this.#classifier.contextLosses,
    };
  }

  dispose(): void {
    this.#detector.dispose();
    this.#model.dispose();
    if (this.#model !== this.#classifier) this.#classifier.dispose();
    this.#cropper.dispose();
    this.#modelCropper.dispose();
  }

  async #analyze(
    frame: FrameImage,
    timestampMs: number,
    detect: () => Promise<FaceDetection[]>,
    stream: LiveStream | null,
  ): Promise<FrameResult> {
    const size: Size = { width: frame.width, height: frame.height };
    const started = performance.now();
    // Before faces are searched, which starts from where they were.
    const transition = stream?.see(this.#sampler.thumbnail(frame));
    const detections = await detect();
    const detected = performance.now();
    const followed = stream?.tracker.update(detections, timestampMs, {
      appearances: this.#sampler.appearances(frame, detections),
      ...(transition && { transition }),
    });
    const found = detections.map((detection, i) => describe(detection, followed?.[i] ?? null, size));
    const readable = found.filter((f) => f.skip === null);
    const regions = readable.map((f) => f.base.crop);
    const crops = this.#cropper.crop(frame, regions);
    const concerns = new Map(found.map((f) => [f, judge(stream, f.base, size, cropAt(crops, readable.indexOf(f)), timestampMs)]));
    const faces = this.#modelCropper === this.#cropper ? crops : this.#modelCropper.crop(frame, regions);
    const cropped = performance.now();
    const answers = await this.#model.classify(faces);
    const raw = new Map(readable.map((f, i) => [f, answers[i]]));
    const observed = found.map((f): FaceObservation => {
      const own = raw.get(f);
      const base = { ...f.base, concerns: concerns.get(f) ?? [] };
      if (f.skip !== null || own === undefined) return { ...base, status: 'skipped', reason: f.skip ?? 'outside-frame' };
      const { smoothed, label } = smooth(stream, f.base.track, own, timestampMs);
      const confidence = smoothed[label];
      const uncertain = isUncertain(confidence, base.concerns);
      return { ...base, status: 'classified', raw: own, smoothed, label, confidence, uncertain };
    });
    stream?.smoother.retain(stream.tracker.liveTracks);
    stream?.quality.retain(stream.tracker.liveTracks);
    const finished = performance.now();
    return {
      frame: size,
      timestampMs,
      faces: observed,
      timings: {
        detectMs: detected - started,
        cropMs: cropped - detected,
        classifyMs: finished - cropped,
        totalMs: finished - started,
      },
    };
  }
}

function smooth(
  stream: LiveStream | null,
  track: number | null,
  raw: Probabilities,
  timestampMs: number,
): { smoothed: Probabilities; label: Expression } {
  if (stream === null || track === null) return { smoothed: raw, label: dominant(raw).label };
  return stream.smoother.update(track, raw, timestampMs);
}

/** The i-th of [n, 48, 48]; null where there is none. */
function cropAt(crops: Float32Array, i: number): Float32Array | null {
  const length = CROP_SIZE * CROP_SIZE;
  return i < 0 ? null : crops.subarray(i * length, (i + 1) * length);
}

/** What is wrong with the picture of a face; in a stream, with regard to the frames before. */
function judge(
  stream: LiveStream | null,
  face: SeenFace & { readonly track: number | null },
  frame: Size,
  luminance: Float32Array | null,
  timestampMs: number,
): readonly QualityConcern[] {
  const measures = measureQuality(face, frame, luminance);
  if (stream === null || face.track === null) return judgeQuality(measures);
  return stream.quality.update(face.track, measures, timestampMs);
}

function describe(detection: FaceDetection, followed: TrackedFace | null, frame: Size) {
  const crop = cropRegion(detection);
  const half = crop.side / 2;
  const square = pixelRect(crop.center.x - half, crop.center.y - half, crop.side, crop.side);
  let skip: SkipReason | null = null;
  if (insideShare(square, frame) < SMALLEST_INSIDE_SHARE) skip = 'outside-frame';
  else if (crop.side < SMALLEST_CROP_PX) skip = 'face-too-small';
  const { box, score, keypoints } = detection;
  const [track, appearance] = [followed?.track ?? null, followed?.appearance ?? null];
  return { base: { track, appearance, box, score, keypoints, crop, headPose: estimateHeadPose(keypoints) }, skip };
}
