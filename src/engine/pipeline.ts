import type { HiddenShares } from './covering-network';
import type { OnDownload } from './download-meter';
import { DownloadMeter } from './download-meter';
import type { ComputedAnswer } from './expression-model';
import { CROP_SIZE, cropRegion, FaceCropper, wholeRegion } from './face-crop';
import { FaceDetector, type Pause } from './face-detector';
import type { FaceNetworks } from './face-networks';
import type { ModuleFactory } from './face-detector/loader';
import type { CutOut, LiveFace, OnSettled } from './face-detector/live-search';
import type { FrameImage } from './face-detector/region-view';
import { isUncertain } from './face-quality';
import { cropAt, describe, joined, judgeAll, smooth, withOtherClass, type FoundFace } from './found-face';
import { FrameSampler } from './frame-sampler';
import type { Size } from './geometry';
import type { Probabilities } from './labels';
import { LiveStreams, type LiveStream, type TransitionWithin } from './live-stream';
import type { Sensitivity } from './mixing';
import type {
  CropRegion,
  EngineSettings,
  FaceDetection,
  FaceInput,
  FaceObservation,
  FrameResult,
  LiveFrame,
  OnGlance,
  StreamOptions,
} from './types';

export interface PipelineOptions {
  /** Absolute URL, with a trailing slash, of the folder that holds `vendor/` and `models/`. */
  readonly assetBase: string;
  readonly settings: EngineSettings;
  /** MediaPipe's binary (`compileDetector`). */
  readonly compiling: Promise<WebAssembly.Module>;
  /** MediaPipe's script (`loadDetectorLoader`). */
  readonly loader: Promise<ModuleFactory>;
  /** Networks that read the faces; they load meanwhile. Their owner disposes them. */
  readonly networks: FaceNetworks;
}

/**
 * Frame in, observations out: detector → tracker → crop → classifier → smoother.
 *
 * Takes ownership of every frame and closes it. Calls must not overlap: the owner of the pipeline queues them; others may run
 * only in a still's pauses.
 */
export class Pipeline {
  readonly #detector: FaceDetector;
  readonly #networks: FaceNetworks;
  /** Crops for the quality measures and the covering network. */
  readonly #cropper = new FaceCropper();
  /** Crops for the expression model: the same, or of its own size. */
  readonly #modelCropper: FaceCropper;
  readonly #sampler = new FrameSampler();
  readonly #streams: LiveStreams;

  private constructor(detector: FaceDetector, networks: FaceNetworks, brought: FaceInput | null, settings: EngineSettings) {
    this.#detector = detector;
    this.#networks = networks;
    this.#modelCropper = brought ? new FaceCropper(brought) : this.#cropper;
    this.#streams = new LiveStreams(settings.smoothingMs);
  }

  /**
   * Loads, checks and warms up the detector, and waits for the networks.
   *
   * @param onDownload progress of the detector's own files, without MediaPipe's binary.
   * @throws `MienError` of kind `model` or `engine`, the detector's first.
   */
  static async create({ assetBase, settings, networks, ...detectorFiles }: PipelineOptions, onDownload: OnDownload): Promise<Pipeline> {
    const networksReady = networks.ready();
    // Awaited below, once the detector has started.
    networksReady.catch(() => undefined);
    const meter = new DownloadMeter(onDownload);
    const detector = await FaceDetector.create({ assetBase, ...detectorFiles, onBytes: meter.onBytes, onFetched: meter.onFetched });
    try {
      return new Pipeline(detector, networks, await networksReady, settings);
    } catch (error) {
      detector.dispose();
      throw error;
    }
  }

  /**
   * Detects thoroughly, without tracks and smoothing. Timings include work done in its pauses, and the reading of the first look.
   *
   * @param pause is awaited often; a rejection ends the analysis.
   * @param onGlance receives faces seen at once, long before the final result.
   * @param sensitivity default: that of `EngineSettings`.
   */
  async analyzeStill(frame: ImageBitmap, pause: Pause, onGlance: OnGlance | null, sensitivity?: Sensitivity): Promise<FrameResult> {
    try {
      const tell = async (detections: FaceDetection[]) => {
        if (onGlance && detections.length > 0) onGlance(await this.#analyze(frame, 0, { detections, live: null, sensitivity }, performance.now(), null));
      };
      const startedMs = performance.now();
      const detections = await this.#detector.detectStill(frame, pause, onGlance ? tell : undefined);
      return await this.#analyze(frame, 0, { detections, live: null, sensitivity }, startedMs, null);
    } finally {
      frame.close();
    }
  }

  /**
   * Detects with the stream's own tracks and smoothing, as fast or as thorough as the stream asks.
   *
   * @param timestampMs the stream's clock, which must not run back.
   * @param options of the stream; an unknown name starts one.
   * @param isBehind frames arrive faster than they are read: a fast search then takes fewer looks. False for clips, so that their
   *   results do not depend on the machine.
   * @param pause is awaited often in a thorough search; a rejection ends the analysis.
   */
  async analyzeLive(frame: LiveFrame, timestampMs: number, options: StreamOptions, isBehind: boolean, pause: Pause): Promise<FrameResult> {
    try {
      const startedMs = performance.now();
      const stream = this.#streams.get(options);
      const picture = frame instanceof ImageBitmap ? frame : stream.surface.show(frame);
      // Before the search for faces, which starts from their last places.
      const transition = stream.see(this.#sampler.thumbnail(picture), timestampMs);
      const found = await this.#detect(picture, stream, timestampMs, isBehind, pause);
      return await this.#analyze(picture, timestampMs, found, startedMs, { stream, transition });
    } finally {
      frame.close();
    }
  }

  /** Classifies faces that are already cropped: in each picture, the square on its centre with its longer side. Closes the bitmaps. */
  async classifyCrops(frames: readonly ImageBitmap[]): Promise<Probabilities[]> {
    try {
      const { length } = this.#modelCropper;
      const crops = new Float32Array(frames.length * length);
      frames.forEach((frame, i) => crops.set(this.#modelCropper.crop(frame, [wholeRegion(frame)]), i * length));
      return (await this.#networks.classify(crops)).map(({ probabilities }) => probabilities);
    } finally {
      for (const frame of frames) frame.close();
    }
  }

  /** Applies stream settings. The networks' owner applies the networks' settings. */
  configure(settings: EngineSettings): void {
    this.#streams.smoothingMs = settings.smoothingMs;
  }

  /** Frees a stream's state. */
  resetLive(name: string): void {
    this.#detector.retryFull();
    this.#streams.drop(name);
  }

  dispose(): void {
    this.#detector.dispose();
    this.#cropper.dispose();
    this.#modelCropper.dispose();
  }

  async #detect(picture: FrameImage, stream: LiveStream, timestampMs: number, isBehind: boolean, pause: Pause): Promise<Detected> {
    const { sensitivity } = stream;
    if (stream.search === 'thorough') return { detections: await this.#detector.detectThorough(picture, stream.thoroughSearch, timestampMs, pause), live: null, sensitivity };
    if (!stream.isLive) await this.#detector.loadAll(pause);
    const cutOut: CutOut = (regions) => {
      const crops = this.#cropper.crop(picture, regions);
      return regions.map((_, i) => cropAt(crops, i) ?? new Float32Array(CROP_SIZE * CROP_SIZE));
    };
    const askAhead: OnSettled = (faces, isSettled) => this.#askAhead(picture, faces, isSettled, stream, timestampMs);
    const live = await this.#detector.detectLive(picture, stream.liveSearch, cutOut, timestampMs, isBehind, askAhead);
    return { detections: live.map(({ detection }) => detection), live, sensitivity };
  }

  /** The networks read settled faces in their own thread while this one looks for the others. */
  #askAhead(frame: FrameImage, faces: readonly LiveFace[], isSettled: (index: number) => boolean, stream: LiveStream, timestampMs: number): void {
    const followed = faces.map(({ held, luminance }) => ({ track: stream.trackOf(held) ?? NaN, luminance }));
    const cropsOf = (chosen: readonly number[]) =>
      chosen.flatMap((i): CutFace[] => {
        const face = faces[i];
        return face ? [{ luminance: face.luminance, region: cropRegion(face.detection) }] : [];
      });
    stream.hidden.askAhead(followed, isSettled, timestampMs, async (chosen) => (await this.#hiddenParts(cropsOf(chosen))) ?? []);
    stream.answers.askAhead(followed, isSettled, timestampMs, (chosen) => this.#classify(frame, cropsOf(chosen), stream.sensitivity));
  }

  async #analyze(
    frame: FrameImage,
    timestampMs: number,
    { detections, live: cutOut, sensitivity }: Detected,
    startedMs: number,
    live: { readonly stream: LiveStream; readonly transition: TransitionWithin } | null,
  ): Promise<FrameResult> {
    const size: Size = { width: frame.width, height: frame.height };
    const stream = live?.stream ?? null;
    const detectedMs = performance.now();
    const followed = live?.stream.follow(detections, size, timestampMs, {
      appearances: this.#sampler.appearances(frame, detections),
      transition: live.transition,
    });
    const found = detections.map((detection, i) => describe(detection, followed?.[i] ?? null, size));
    const readable = found.filter((f) => f.skip === null);
    const crops = cutOut
      ? joined(found.flatMap((f, i) => (f.skip === null ? (cutOut[i]?.luminance ?? []) : [])))
      : this.#cropper.crop(frame, readable.map((f) => f.base.crop));
    const croppedMs = performance.now();
    const toRead = readable.flatMap(({ base }, i): CutFace[] => {
      const luminance = cropAt(crops, i);
      return luminance ? [{ luminance, region: base.crop }] : [];
    });
    const same = stream?.hold(cutOut?.map(({ held }) => held) ?? [], tracksOf(found));
    const [hidden, given] =
      stream?.search === 'fast'
        ? await this.#readInTurns(frame, toRead, stream, { tracks: tracksOf(readable), same, timestampMs })
        : await Promise.all([this.#hiddenParts(toRead), this.#classify(frame, toRead, sensitivity)]);
    const concerns = judgeAll(stream, found, size, { crops, hidden }, timestampMs);
    const raw = new Map(readable.map((f, i) => [f, given[i]]));
    const observed = found.map((f): FaceObservation => {
      const own = raw.get(f);
      const base = { ...f.base, concerns: withOtherClass(concerns.get(f) ?? [], own ?? null) };
      if (f.skip !== null || !own) return { ...base, status: 'skipped', reason: f.skip ?? 'outside-frame' };
      const { smoothed, label } = smooth(stream, f.base.track, own.probabilities, timestampMs);
      const confidence = smoothed[label];
      const uncertain = isUncertain(confidence, base.concerns);
      return { ...base, status: 'classified', raw: own.probabilities, smoothed, label, confidence, uncertain };
    });
    stream?.retainTracks();
    const finishedMs = performance.now();
    return {
      frame: size,
      timestampMs,
      faces: observed,
      timings: {
        detectMs: detectedMs - startedMs,
        cropMs: croppedMs - detectedMs,
        classifyMs: finishedMs - croppedMs,
        totalMs: finishedMs - startedMs,
      },
      backends: [...new Set(given.flatMap((answer) => answer?.backend ?? []))],
    };
  }

  /** Many faces take turns. */
  #readInTurns(
    frame: FrameImage,
    faces: readonly CutFace[],
    { answers, hidden, sensitivity }: LiveStream,
    { tracks, same, timestampMs }: { readonly tracks: readonly number[]; readonly same: ReadonlySet<number> | undefined; readonly timestampMs: number },
  ): Promise<[(HiddenShares | null)[], (ComputedAnswer | null)[]]> {
    const followed = faces.map(({ luminance }, i) => ({ track: tracks[i] ?? NaN, luminance }));
    const chosenOf = (chosen: readonly number[]) => chosen.flatMap((i) => faces[i] ?? []);
    // Together, these take one round trip to the networks' thread.
    return Promise.all([
      hidden.answer(followed, timestampMs, async (chosen) => (await this.#hiddenParts(chosenOf(chosen))) ?? [], same),
      answers.answer(followed, timestampMs, (chosen) => this.#classify(frame, chosenOf(chosen), sensitivity), same),
    ]);
  }

  #classify(frame: FrameImage, faces: readonly CutFace[], sensitivity: Sensitivity | undefined): Promise<readonly ComputedAnswer[]> {
    const crops =
      this.#modelCropper === this.#cropper
        ? joined(faces.map(({ luminance }) => luminance))
        : this.#modelCropper.crop(frame, faces.map(({ region }) => region));
    return this.#networks.classify(crops, sensitivity);
  }

  /** Hidden parts of the faces; null without a covering network. */
  #hiddenParts(faces: readonly CutFace[]): Promise<readonly HiddenShares[] | null> {
    return this.#networks.hiddenParts(joined(faces.map(({ luminance }) => luminance)));
  }
}

function tracksOf(faces: readonly FoundFace[]): number[] {
  return faces.map(({ base }) => base.track ?? 0);
}

/** A face to read. */
interface CutFace {
  /** Crop for the covering network and the shipped model, [48, 48]. */
  readonly luminance: Float32Array;
  /** For models whose input has another size. */
  readonly region: CropRegion;
}

/** Detections in a frame, best or largest first. */
interface Detected {
  readonly detections: readonly FaceDetection[];
  /** The same faces with their crops if the search was fast. */
  readonly live: readonly LiveFace[] | null;
  /** Undefined: that of `EngineSettings`. */
  readonly sensitivity?: Sensitivity | undefined;
}
