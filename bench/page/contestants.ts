import type { BackendName } from '../../src/engine/types';
import { createEngine } from '../../src/workers/pipeline-client';

/** One system under test: a frame in, the number of faces that got expressions out. */
export interface Contestant {
  readonly name: string;
  readonly backend: string;
  run(frame: HTMLCanvasElement, timestampMs: number): Promise<number>;
  /** Tensors held, where the system tells. */
  tensors(): Promise<number>;
  dispose(): Promise<void>;
}

/** What the bench uses of the tfjs that each peer carries and does not describe in its types. */
interface Tensorflow {
  setWasmPaths(path: string): void;
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  getBackend(): string;
  memory(): { numTensors: number };
}

const BASE = new URL('./', document.baseURI).href;
const WASM = `${BASE}vendor/tfjs/`;

/** Mien as the app runs it: bitmap, worker and back, all counted. */
export async function mien(backend: BackendName): Promise<Contestant> {
  const engine = await createEngine({ assetBase: BASE, backend, live: { smoothingMs: 250 } });
  const health = await engine.health();
  return {
    name: 'mien',
    backend: health.backend,
    run: async (frame, timestampMs) => {
      const result = await engine.analyzeLive(await createImageBitmap(frame), timestampMs);
      return result?.faces.filter((f) => f.status === 'classified').length ?? 0;
    },
    tensors: async () => (await engine.health()).memory.numTensors,
    dispose: () => engine.dispose(),
  };
}

/** Human with everything but faces and expressions off, and its caching off. */
export async function human(backend: 'wasm' | 'webgl'): Promise<Contestant> {
  const { Human } = await import('@vladmandic/human');
  const off = { enabled: false };
  const instance = new Human({
    backend,
    wasmPath: WASM,
    modelBasePath: `${BASE}peers/human/`,
    cacheSensitivity: 0,
    skipAllowed: false,
    debug: false,
    warmup: 'face',
    filter: off,
    gesture: off,
    body: off,
    hand: off,
    object: off,
    segmentation: off,
    face: {
      enabled: true,
      detector: { rotation: false, maxDetected: 10, skipFrames: 0, skipTime: 0 },
      mesh: off,
      attention: off,
      iris: off,
      description: off,
      antispoof: off,
      liveness: off,
      emotion: { enabled: true, skipFrames: 0, skipTime: 0 },
    },
  });
  await instance.load();
  await instance.warmup();
  const tf = instance.tf as Tensorflow;
  return {
    name: 'human',
    backend: tf.getBackend(),
    run: async (frame) => (await instance.detect(frame)).face.filter((f) => f.emotion?.length).length,
    tensors: () => Promise.resolve(tf.memory().numTensors),
    dispose: () => Promise.resolve(),
  };
}


/** face-api with its tiny detector and its expression network. */
export async function faceApi(backend: 'wasm' | 'webgl'): Promise<Contestant> {
  const faceapi = await import('@vladmandic/face-api');
  const { tf } = faceapi as unknown as { tf: Tensorflow };
  tf.setWasmPaths(WASM);
  await tf.setBackend(backend);
  await tf.ready();
  const models = `${BASE}peers/face-api/`;
  await faceapi.nets.tinyFaceDetector.loadFromUri(models);
  await faceapi.nets.faceExpressionNet.loadFromUri(models);
  const options = new faceapi.TinyFaceDetectorOptions();
  return {
    name: 'face-api',
    backend: tf.getBackend(),
    run: async (frame) => (await faceapi.detectAllFaces(frame, options).withFaceExpressions()).length,
    tensors: () => Promise.resolve(tf.memory().numTensors),
    dispose: () => Promise.resolve(),
  };
}
