import type { OnBytes } from './assets';
import { MienError } from './errors';
import { adaptDetections } from './face-detector/adapt-detections';
import type { DetectorSwitching, Range } from './face-detector/detector-switching';
import { isFlat } from './face-detector/flatness';
import { fetchModel, MediaPipeRuntime, type ModelRunner } from './face-detector/mediapipe-runtime';
import { mergeDetections, trusted } from './face-detector/merge-detections';
import { RegionView, type FrameImage } from './face-detector/region-view';
import { isCutByTile, MIN_SCORE, tileLooks, wholeLooks, type Look } from './face-detector/still-looks';
import { area, pixelRect, type PixelRect } from './geometry';
import type { FaceDetection } from './types';

const MODEL_FILES: Readonly<Record<Range, string>> = {
  short: 'face_detection_short_range.tflite',
  full: 'face_detection_full_range_sparse.tflite',
};

/**
 * Longer side, in pixels, of what a network is given: two or three times its input. Boxes come back
 * in whole pixels of it, so not less; and copying more costs more than the network.
 */
const PICTURE_SIDE: Readonly<Record<Range, number>> = { short: 320, full: 384 };

/**
 * Of the picture's longer side, the width from which a face is told of after the first look: what the short range is made for.
 * Smaller ones it places too roughly to read them: of the five in the sample (about a ninth each), two came out otherwise in the end.
 */
const GLANCE_SHARE = 0.2;

/** Lets others use the detector, until `meanwhile` has come or at least until they have had their turn. */
export type Pause = (meanwhile?: Promise<unknown>) => Promise<void>;

const waitOnly: Pause = async (meanwhile) => {
  await meanwhile;
};

export interface FaceDetectorOptions {
  /** Absolute URL of the folder that holds `vendor/`, with a trailing slash. */
  readonly assetBase: string;
  /** Told of every piece of the start-up download. */
  readonly onBytes?: OnBytes;
  /** Told when the download is complete. */
  readonly onFetched?: () => void;
}

/**
 * Finds faces with two BlazeFace networks (Bazarevsky et al. 2019), run by MediaPipe on the CPU.
 * Boxes and keypoints are in frame pixels; boxes are as the short range draws them, and may reach
 * outside the frame. The caller keeps and closes its frames.
 */
export class FaceDetector {
  private readonly assetBase: string;
  private readonly runtime: MediaPipeRuntime;
  private readonly models: { readonly short: ModelRunner; full: ModelRunner | null };
  private loadingFull: Promise<ModelRunner> | null = null;
  private fullIsMissing = false;
  private readonly view = new RegionView();
  private disposed = false;

  private constructor(assetBase: string, runtime: MediaPipeRuntime, short: ModelRunner) {
    this.assetBase = assetBase;
    this.runtime = runtime;
    this.models = { short, full: null };
  }

  /**
   * Loads MediaPipe and the short range, the one that live frames start with.
   *
   * Throws `model/not-found`, `model/network`, `model/corrupt`, `engine/wasm-blocked` or `engine/worker-blocked`.
   */
  static async create({ assetBase, onBytes, onFetched }: FaceDetectorOptions): Promise<FaceDetector> {
    const [runtime, model] = await Promise.all([
      MediaPipeRuntime.load(assetBase, onBytes),
      fetchModel(assetBase, MODEL_FILES.short, onBytes),
    ]);
    onFetched?.();
    return new FaceDetector(assetBase, runtime, await runtime.createDetector(model));
  }

  /**
   * Faces of one frame of a stream, best score first; one network, now and then two.
   *
   * @param timestampMs The stream's clock.
   * @param changeover The stream's own.
   */
  // eslint-disable-next-line @typescript-eslint/require-await -- Failures are rejections.
  async detectLive(frame: FrameImage, timestampMs: number, changeover: DetectorSwitching): Promise<FaceDetection[]> {
    this.assertUsable();
    const { width, height } = frame;
    const whole = pixelRect(0, 0, width, height);
    const { serve, probe } = changeover.plan(timestampMs);
    const served = this.look(this.modelFor(serve), serve, frame, whole);
    const other = serve === 'short' ? 'full' : 'short';
    const probed = probe && this.isReady(other) ? this.look(this.modelFor(other), other, frame, whole) : null;
    changeover.report(timestampMs, served.length, probed?.length ?? null);
    return probed && probed.length > served.length ? probed : served;
  }

  /**
   * Faces of a still, the largest first: both networks on the whole picture, then tiles for small
   * faces. May take seconds. Rejects where the full range cannot be loaded.
   *
   * @param pause lets live frames in between two looks; what it rejects with ends the search.
   * @param onGlance is told of the large faces that the network which is there already sees at once.
   */
  async detectStill(frame: ImageBitmap, pause: Pause = waitOnly, onGlance?: (faces: FaceDetection[]) => Promise<void>): Promise<FaceDetection[]> {
    this.assertUsable();
    const size = { width: frame.width, height: frame.height };
    const [first, ...others] = wholeLooks(size);
    const onWhole = this.take(first, frame);
    const isLarge = ({ box }: FaceDetection) => box.width >= GLANCE_SHARE * Math.max(size.width, size.height);
    await onGlance?.(largestFirst(mergeDetections(trusted(onWhole, MIN_SCORE.whole)).filter(isLarge)));
    await pause();
    if (!this.models.full) await pause(this.loadFull());
    for (const look of others) {
      onWhole.push(...this.take(look, frame));
      await pause();
    }
    const large = mergeDetections(trusted(onWhole, MIN_SCORE.whole));
    const inTiles: FaceDetection[] = [];
    for (const look of tileLooks(size, large)) {
      const found = this.take(look, frame);
      inTiles.push(...found.filter(({ box, score }) => score >= MIN_SCORE.tile && !isCutByTile(box, look.region, size)));
      await pause();
    }
    return largestFirst(mergeDetections([...large, ...inTiles]));
  }

  /** Another camera or clip: worth another try where the full range could not be loaded. */
  retryFull(): void {
    this.fullIsMissing = false;
  }

  /** Closes MediaPipe's graphs. Later calls reject with `engine/disposed`. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.models.short.dispose();
    this.models.full?.dispose();
    this.models.full = null;
  }

  private take({ range, region }: Look, frame: FrameImage): FaceDetection[] {
    this.assertUsable();
    return this.look(this.modelFor(range), range, frame, region);
  }

  private look(model: ModelRunner, range: Range, frame: FrameImage, region: PixelRect): FaceDetection[] {
    try {
      const picture = this.view.draw(frame, region, PICTURE_SIDE[range]);
      return isFlat(picture) ? [] : adaptDetections(model.run(picture), range, picture, region);
    } catch (error) {
      throw MienError.from(error);
    }
  }

  private modelFor(range: Range): ModelRunner {
    return this.models[range] ?? this.models.short;
  }

  /** Live frames do not wait for the full range: the first that wants it has it fetched for later ones. */
  private isReady(range: Range): boolean {
    if (this.models[range]) return true;
    if (!this.fullIsMissing) this.loadFull().catch(() => undefined);
    return false;
  }

  private loadFull(): Promise<ModelRunner> {
    this.loadingFull ??= this.createFull().catch((error: unknown) => {
      this.loadingFull = null;
      this.fullIsMissing = true;
      throw MienError.from(error);
    });
    return this.loadingFull;
  }

  private async createFull(): Promise<ModelRunner> {
    const model = await fetchModel(this.assetBase, MODEL_FILES.full);
    this.assertUsable();
    const runner = await this.runtime.createDetector(model);
    if (this.disposed) runner.dispose();
    this.assertUsable();
    this.models.full = runner;
    return runner;
  }

  private assertUsable(): void {
    if (this.disposed) throw new MienError('engine', 'disposed');
  }
}

function largestFirst(faces: FaceDetection[]): FaceDetection[] {
  return faces.sort((a, b) => area(b.box) - area(a.box));
}
