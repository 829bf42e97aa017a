import { FaceDetector as BlazeFace, type FaceDetectorResult } from '@mediapipe/tasks-vision';
import { fetchAsset, pastDamage, sha256, type OnBytes } from '../assets';
import { MienError } from '../errors';
import { MEDIAPIPE_FOLDER } from './compile-detector';
import type { ModuleFactory } from './loader';
import { MODEL_SHA256 } from './model-digests';
import { SerialQueue } from '../serial-queue';
import { createFrameTransfer } from './frame-transfer';

/** The lowest score, 0–1, that is reported at all. */
const MIN_SCORE = 0.5;

/** Where tasks-vision looks for the factory of its WebAssembly module, and for hooks into it. */
const vendorGlobals = globalThis as {
  ModuleFactory?: ModuleFactory | undefined;
  Module?: object | undefined;
  custom_dbg?: (...values: unknown[]) => void;
};

export interface ModelFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Throws `model/not-found`, `model/network`, or `model/corrupt` where the bytes are not the prepared ones. */
export function fetchModel(assetBase: string, name: string, onBytes?: OnBytes): Promise<ModelFile> {
  return pastDamage(async (cache) => {
    const bytes = await fetchAsset(new URL(MEDIAPIPE_FOLDER + name, assetBase).href, cache, onBytes);
    const digest = await sha256(bytes);
    if (digest !== null && digest !== MODEL_SHA256[name]) throw new MienError('model', 'corrupt', `${name} has sha256 ${digest}`);
    return { name, bytes };
  });
}

/** MediaPipe, loaded and compiled once for all models. */
export class MediaPipeRuntime {
  private readonly factory: ModuleFactory;
  private readonly wasm: WebAssembly.Module;
  /** tasks-vision passes through globals, so only one graph is created at a time. */
  private readonly creating = new SerialQueue();

  private constructor(factory: ModuleFactory, wasm: WebAssembly.Module) {
    this.factory = factory;
    this.wasm = wasm;
  }

  /**
   * Throws `engine/wasm-blocked`, `engine/worker-blocked`, or `model/*` where a file could not be fetched or is damaged.
   *
   * @param loader as `loadDetectorLoader` gives it.
   * @param compiling as `compileDetector` gives it.
   */
  static async load(loader: Promise<ModuleFactory>, compiling: Promise<WebAssembly.Module>): Promise<MediaPipeRuntime> {
    const [factory, wasm] = await Promise.all([loader, compiling]);
    // TensorFlow Lite's chatter goes through this one; what matters arrives as an exception.
    vendorGlobals.custom_dbg = () => undefined;
    return new MediaPipeRuntime(factory, wasm);
  }

  /** A detector with a network of its own. Throws `model/corrupt` or `engine/wasm-blocked`. */
  async createDetector(model: ModelFile): Promise<ModelRunner> {
    const detector = await this.creating.add(() => this.createGraph(model));
    return new ModelRunner(detector);
  }

  private async createGraph({ name, bytes }: ModelFile): Promise<BlazeFace> {
    const refused = new Promise<never>((_, reject) => {
      vendorGlobals.Module = {
        print: () => undefined,
        printErr: () => undefined,
        instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
          WebAssembly.instantiate(this.wasm, imports).then(done, (error: unknown) =>
            reject(new MienError('engine', 'wasm-blocked', String(error), error)),
          );
        },
      };
    });
    vendorGlobals.ModuleFactory = this.factory;
    try {
      const options = {
        baseOptions: { modelAssetBuffer: bytes, delegate: 'CPU' as const },
        runningMode: 'IMAGE' as const,
        minDetectionConfidence: MIN_SCORE,
        canvas: createFrameTransfer(),
      };
      // An empty loader path: the factory is there already, and an import runs only once.
      const created = BlazeFace.createFromOptions({ wasmLoaderPath: '', wasmBinaryPath: '' }, options);
      return await Promise.race([created, refused]);
    } catch (error) {
      if (error instanceof MienError) throw error;
      throw new MienError('model', 'corrupt', `${name}: ${String(error)}`, error);
    } finally {
      vendorGlobals.Module = undefined;
      vendorGlobals.ModuleFactory = undefined;
    }
  }
}

/** One BlazeFace network. Its results are in pixels (box) and shares (keypoints) of the given picture. */
export class ModelRunner {
  private readonly graph: BlazeFace;
  private hasRun = false;

  constructor(graph: BlazeFace) {
    this.graph = graph;
  }

  /** Throws `model/corrupt` where the first run fails: only then do some faults of a model show. */
  run(picture: ImageData): FaceDetectorResult {
    try {
      const result = this.graph.detect(picture);
      this.hasRun = true;
      return result;
    } catch (error) {
      throw this.hasRun ? error : new MienError('model', 'corrupt', String(error), error);
    }
  }

  /** Has the first run, which costs several times a later one, behind it. Throws as `run`. */
  warmUp(): void {
    if (!this.hasRun) this.run(new ImageData(128, 128));
  }

  dispose(): void {
    this.graph.close();
  }
}
