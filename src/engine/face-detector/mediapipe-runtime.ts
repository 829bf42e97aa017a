import { FaceDetector as BlazeFace, type FaceDetectorResult } from '@mediapipe/tasks-vision';
import { fetchAsset, pastDamage, sha256, type OnBytes } from '../assets';
import { MienError } from '../errors';
import { MEDIAPIPE_FOLDER } from './compile-detector';
import type { ModuleFactory } from './loader';
import { MODEL_SHA256 } from './model-digests';
import { SerialQueue } from '../serial-queue';
import { createFrameTransfer } from './frame-transfer';

/** Minimum score (0–1) of reported detections. */
const MIN_SCORE = 0.5;

/** Globals from which tasks-vision takes its WebAssembly module's factory, and hooks into it. */
const vendorGlobals = globalThis as {
  ModuleFactory?: ModuleFactory | undefined;
  Module?: object | undefined;
  custom_dbg?: (...values: unknown[]) => void;
};

export interface ModelFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @throws `model/not-found`, `model/network`; `model/corrupt` if the bytes differ from the prepared ones. */
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
  /** tasks-vision passes data through globals, so create only one graph at a time. */
  private readonly creating = new SerialQueue();

  private constructor(factory: ModuleFactory, wasm: WebAssembly.Module) {
    this.factory = factory;
    this.wasm = wasm;
  }

  /**
   * @param loader from `loadDetectorLoader`.
   * @param compiling from `compileDetector`.
   * @throws `engine/wasm-blocked`, `engine/worker-blocked`; `model/*` if a file cannot be fetched or is damaged.
   */
  static async load(loader: Promise<ModuleFactory>, compiling: Promise<WebAssembly.Module>): Promise<MediaPipeRuntime> {
    const [factory, wasm] = await Promise.all([loader, compiling]);
    // TensorFlow Lite's debug output goes through this hook; errors arrive as exceptions.
    vendorGlobals.custom_dbg = () => undefined;
    return new MediaPipeRuntime(factory, wasm);
  }

  /** Creates a detector with its own network, warmed up. @throws `model/corrupt` or `engine/wasm-blocked`. */
  async createDetector(model: ModelFile): Promise<ModelRunner> {
    const detector = await this.creating.add(() => this.createGraph(model));
    return new ModelRunner(warmedUp(detector));
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
      // An empty loader path: the factory is loaded already, and an import runs only once.
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

/** One BlazeFace network. Boxes are in pixels of the given picture, keypoints in shares of it. */
export class ModelRunner {
  private readonly graph: BlazeFace;

  constructor(graph: BlazeFace) {
    this.graph = graph;
  }

  run(picture: ImageData): FaceDetectorResult {
    return this.graph.detect(picture);
  }

  dispose(): void {
    this.graph.close();
  }
}

/** The first run costs several times a later one, and some faults of a model only show then. */
function warmedUp(graph: BlazeFace): BlazeFace {
  try {
    graph.detect(new ImageData(128, 128));
    return graph;
  } catch (error) {
    graph.close();
    throw new MienError('model', 'corrupt', String(error), error);
  }
}
