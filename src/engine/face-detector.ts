import type { OnBytes } from './assets';
import { MienError } from './errors';
import { compileDetector } from './face-detector/compile-detector';
import { GridSampler } from './face-detector/frame-grid';
import { FrameLooks, type EarlierLooks } from './face-detector/frame-looks';
import { loadDetectorLoader, type ModuleFactory } from './face-detector/loader';
import type { CutOut, LiveFace, LiveSearch, OnSettled } from './face-detector/live-search';
import type { Range } from './face-detector/look';
import { fetchModel, MediaPipeRuntime, type ModelRunner } from './face-detector/mediapipe-runtime';
import { RegionView, type FrameImage } from './face-detector/region-view';
import { cellSide } from './face-detector/search-lattice';
import { searchStill, type Pause } from './face-detector/still-search';
import type { ThoroughSearch } from './face-detector/thorough-search';
import { compileWholeDetector, isTrap } from './face-detector/whole-detector';
import { area } from './geometry';
import { log } from './log';
import type { FaceDetection } from './types';

const MODEL_FILES: Readonly<Record<Range, string>> = {
  short: 'face_detection_short_range.tflite',
  full: 'face_detection_full_range_sparse.tflite',
};

const waitOnly: Pause = async (meanwhile) => {
  await meanwhile;
};

export type { Pause };

export interface FaceDetectorOptions {
  /** Absolute URL of the folder that holds `vendor/`, with a trailing slash. */
  readonly assetBase: string;
  /** MediaPipe's binary (`compileDetector`), if its download has started. */
  readonly compiling?: Promise<WebAssembly.Module>;
  /** MediaPipe's script (`loadDetectorLoader`), if its download has started. */
  readonly loader?: Promise<ModuleFactory>;
  /** Called for each chunk of a download, also after the start, except the first binary. */
  readonly onBytes?: OnBytes;
  /** Called when the start-up download is complete. */
  readonly onFetched?: () => void;
}

/** Where the detector's files come from. */
interface Files {
  readonly assetBase: string;
  readonly loader: Promise<ModuleFactory>;
  readonly onBytes: OnBytes | undefined;
}

/**
 * Finds faces with two BlazeFace networks (Bazarevsky et al. 2019), run by MediaPipe on the CPU. Boxes and keypoints are in
 * frame pixels; boxes follow the short range's convention and may extend beyond the frame. The caller keeps and closes its frames.
 */
export class FaceDetector {
  private readonly assetBase: string;
  private readonly loader: Promise<ModuleFactory>;
  private readonly onBytes: OnBytes | undefined;
  /** With the smaller binary; no longer used after a trap. */
  private readonly smaller: MediaPipeRuntime | null;
  private runtime: MediaPipeRuntime;
  private readonly models: { short: ModelRunner; full: ModelRunner | null };
  private becomingWhole: Promise<void> | null = null;
  private loadingFull: Promise<ModelRunner> | null = null;
  private fullIsMissing = false;
  private hasSeenLive = false;
  private readonly view = new RegionView();
  private readonly grids = new GridSampler();
  private disposed = false;

  private constructor({ assetBase, loader, onBytes }: Files, runtime: MediaPipeRuntime, short: ModelRunner, isWhole = false) {
    this.assetBase = assetBase;
    this.loader = loader;
    this.onBytes = onBytes;
    this.smaller = isWhole ? null : runtime;
    this.runtime = runtime;
    this.models = { short, full: null };
  }

  /**
   * Loads MediaPipe and the short range, which live frames start with.
   *
   * @throws `model/not-found`, `model/network`, `model/corrupt`, `engine/wasm-blocked` or `engine/worker-blocked`.
   */
  static async create({ assetBase, compiling = compileDetector(assetBase), loader = loadDetectorLoader(assetBase), onBytes, onFetched }: FaceDetectorOptions): Promise<FaceDetector> {
    const [runtime, model] = await Promise.all([
      MediaPipeRuntime.load(loader, compiling),
      fetchModel(assetBase, MODEL_FILES.short, onBytes),
    ]);
    onFetched?.();
    try {
      return new FaceDetector({ assetBase, loader, onBytes }, runtime, await runtime.createDetector(model));
    } catch (error) {
      if (!isTrap(error)) throw error;
      log.warn(`the detector trapped: ${MienError.from(error).message}`);
      const whole = await MediaPipeRuntime.load(loader, compileWholeDetector(assetBase, onBytes));
      return new FaceDetector({ assetBase, loader, onBytes }, whole, await whole.createDetector(model), true);
    }
  }

  /**
   * Faces of one frame of a stream, with their crops. Until the full range is loaded, faces that only it would find are missing: the
   * first frame is searched without it, and the second one starts its download, so that half a megabyte delays no first result.
   *
   * @param search the stream's own.
   * @param timestampMs the stream's clock.
   * @param isBehind frames arrive faster than they are read.
   * @param onSettled is called before the looks are taken, which may take most of a frame's time.
   */
  async detectLive(frame: FrameImage, search: LiveSearch, cutOut: CutOut, timestampMs: number, isBehind: boolean, onSettled?: OnSettled): Promise<LiveFace[]> {
    this.assertUsable();
    if (this.hasSeenLive && !this.models.full && !this.fullIsMissing) this.loadFull().catch(() => undefined);
    this.hasSeenLive = true;
    const advance = () => Promise.resolve(search.advance(this.looksAt(frame), cutOut, timestampMs, isBehind, onSettled));
    return this.pastTrap(advance, () => search.startOver());
  }

  /**
   * Faces of a still, largest first. May take seconds. Depends on the frame alone. Rejects if the full range cannot be loaded.
   *
   * @param pause yields to live frames between two looks; a rejection ends the search.
   * @param onGlance receives the large faces that the already loaded network finds at once.
   */
  async detectStill(frame: FrameImage, pause: Pause = waitOnly, onGlance?: (faces: FaceDetection[]) => Promise<void>): Promise<FaceDetection[]> {
    this.assertUsable();
    const prepare = () => this.loadAll(pause);
    return largestFirst(await this.pastTrap(() => searchStill(this.looksAt(frame), { pause, prepare, onGlance })));
  }

  /**
   * Faces of one frame of a clip, largest first: those of `detectStill`, with fewer looks. Depends only on the stream's frames and
   * their times. Rejects if the full range cannot be loaded.
   *
   * @param search the stream's own.
   * @param timestampMs the stream's clock.
   * @param pause yields to live frames between two looks; a rejection ends the search.
   */
  async detectThorough(frame: FrameImage, search: ThoroughSearch, timestampMs: number, pause: Pause = waitOnly): Promise<FaceDetection[]> {
    this.assertUsable();
    await this.loadAll(pause);
    const grid = this.grids.sample(frame, cellSide(frame));
    const advance = () => {
      const looks = this.looksAt(frame, { memory: search.memory, grid });
      let runs = 0;
      const pauseAfterRun: Pause = async () => {
        if (looks.runs === runs) return;
        runs = looks.runs;
        await pause();
      };
      return search.advance(looks, grid, timestampMs, pauseAfterRun);
    };
    return largestFirst(await this.pastTrap(advance));
  }

  /**
   * Resolves when both networks are loaded. Rejects if the full range cannot be loaded.
   *
   * @param pause yields to other frames meanwhile.
   */
  async loadAll(pause: Pause): Promise<void> {
    if (!this.models.full) await pause(this.loadFull());
  }

  /** For a new camera or clip: retries the full range if it could not be loaded. */
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

  private looksAt(frame: FrameImage, earlier: EarlierLooks | null = null): FrameLooks {
    const modelFor = (range: Range) => {
      this.assertUsable();
      return this.models[range];
    };
    return new FrameLooks(frame, this.view, modelFor, earlier);
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
    const model = await fetchModel(this.assetBase, MODEL_FILES.full, this.onBytes);
    this.assertUsable();
    const { runtime, runner } = await this.pastTrap(async () => {
      const current = this.runtime;
      return { runtime: current, runner: await current.createDetector(model) };
    });
    if (this.disposed || runtime !== this.runtime) runner.dispose();
    this.assertUsable();
    // Another network trapped meanwhile.
    if (runtime !== this.runtime) return this.loadFull();
    this.models.full = runner;
    return runner;
  }

  /**
   * Runs, and after a trap once more with MediaPipe's whole binary: the smaller one lacks functions that were never seen to be called.
   *
   * @param startOver drops what the first run may have left half done.
   */
  private async pastTrap<T>(run: () => Promise<T>, startOver?: () => void): Promise<T> {
    const { runtime } = this;
    try {
      return await run();
    } catch (error) {
      if (!isTrap(error) || runtime !== this.smaller) throw error;
      log.warn(`the detector trapped: ${MienError.from(error).message}`);
      this.becomingWhole ??= this.becomeWhole().catch((failure: unknown) => {
        this.becomingWhole = null;
        throw failure;
      });
      await this.becomingWhole;
      startOver?.();
      return run();
    }
  }

  private async becomeWhole(): Promise<void> {
    const [runtime, model] = await Promise.all([
      MediaPipeRuntime.load(this.loader, compileWholeDetector(this.assetBase, this.onBytes)),
      fetchModel(this.assetBase, MODEL_FILES.short, this.onBytes),
    ]);
    const short = await runtime.createDetector(model);
    if (this.disposed) short.dispose();
    this.assertUsable();
    const hadFull = this.models.full !== null;
    // The networks of the trapped instance are dropped as they are: it may trap again.
    this.runtime = runtime;
    this.models.short = short;
    this.models.full = null;
    this.loadingFull = null;
    if (hadFull) await this.loadFull();
  }

  private assertUsable(): void {
    if (this.disposed) throw new MienError('engine', 'disposed');
  }
}

function largestFirst(faces: FaceDetection[]): FaceDetection[] {
  return faces.sort((a, b) => area(b.box) - area(a.box));
}
