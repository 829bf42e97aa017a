import { FaceDetector as BlazeFace } from '@mediapipe/tasks-vision';
import { importLoader } from '../../src/engine/face-detector/loader';
import { area } from '../../src/engine/geometry';
import type { BackendName, FaceObservation, FrameResult, StageTimings } from '../../src/engine/types';
import { createEngine } from '../../src/workers/pipeline-client';
import type { Engine } from '../../src/workers/protocol';

export interface Ran {
  /** Number of faces with expressions. */
  readonly faces: number;
  /** Times of the stages; null if the system does not report them. */
  readonly timings: StageTimings | null;
}

/** A system under test: takes a frame, returns faces with expressions. */
export interface Contestant {
  readonly name: string;
  readonly backend: string;
  run(frame: HTMLCanvasElement, timestampMs: number): Promise<Ran>;
  /** The most likely expression of the largest face in a photograph; null if there is no face. */
  read(photo: HTMLCanvasElement): Promise<string | null>;
  /** Number of allocated tensors; 0 if the system uses none that can be counted. */
  tensors(): Promise<number>;
  dispose(): Promise<void>;
}

/** Classifies a face that another system detected and cropped. */
export interface FaceReader {
  readFace(face: HTMLCanvasElement): Promise<string | null>;
}

/** Untyped parts of each peer's own tfjs that the bench uses. */
interface Tensorflow {
  setWasmPaths(path: string): void;
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  getBackend(): string;
  memory(): { numTensors: number };
}

const BASE = new URL('./', document.baseURI).href;
const WASM = `${BASE}vendor/tfjs/`;

/** face-api's label names that differ from ours. */
const FACE_API_NAMES: Readonly<Record<string, string>> = { fearful: 'fear', disgusted: 'disgust', surprised: 'surprise' };

function ownName(expression: string): string {
  return FACE_API_NAMES[expression] ?? expression;
}

function largest<T>(faces: readonly T[], size: (face: T) => number): T[] {
  return [...faces].sort((a, b) => size(b) - size(a));
}

function classified(faces: readonly FaceObservation[]): number {
  return faces.filter((f) => f.status === 'classified').length;
}

function startEngine(backend: BackendName): Promise<Engine> {
  return createEngine({ assetBase: BASE, backend, settings: { smoothingMs: 250, sensitivity: 'balanced' } });
}

/** Mien as the app runs it, including the bitmap and the transfer to the worker and back. */
export async function mien(backend: BackendName): Promise<Contestant> {
  const engine = await startEngine(backend);
  const health = await engine.health();
  return {
    name: 'mien',
    backend: health.backend,
    run: async (frame, timestampMs) => {
      const result = await engine.analyzeLive(await createImageBitmap(frame), timestampMs);
      return { faces: classified(result?.faces ?? []), timings: result?.timings ?? null };
    },
    read: async (photo) => {
      const { faces } = await engine.analyzeStill(await createImageBitmap(photo));
      return largest(faces, (f) => area(f.box)).flatMap((f) => (f.status === 'classified' ? [f.label] : []))[0] ?? null;
    },
    tensors: async () => (await engine.health()).memory.numTensors,
    dispose: () => engine.dispose(),
  };
}

/** Mien's first result for a photograph, including startup; as in the app, the photograph is opened while the engine starts. */
export async function firstGlance(photo: Promise<HTMLCanvasElement>): Promise<Ran> {
  const [engine, bitmap] = await Promise.all([startEngine('wasm'), photo.then((canvas) => createImageBitmap(canvas))]);
  return new Promise((resolve, reject) => {
    const onGlance = ({ faces, timings }: FrameResult) => resolve({ faces: classified(faces), timings });
    engine.analyzeStill(bitmap, undefined, onGlance).catch(reject);
  });
}

/**
 * MediaPipe's short-range face detector alone, on the main thread, configured as in its documentation: no expressions. It is a lower bound for the
 * first result of anything based on it.
 */
export async function detectorAlone(): Promise<Contestant> {
  const folder = `${BASE}vendor/mediapipe/`;
  Object.assign(globalThis, { ModuleFactory: await importLoader(`${folder}vision_wasm_module_internal.js`) });
  const detector = await BlazeFace.createFromOptions(
    { wasmLoaderPath: '', wasmBinaryPath: `${folder}vision_wasm_module_internal.wasm` },
    { baseOptions: { modelAssetPath: `${folder}face_detection_short_range.tflite`, delegate: 'CPU' }, runningMode: 'IMAGE' },
  );
  const found = (picture: HTMLCanvasElement) => detector.detect(picture).detections.length;
  return {
    name: 'detector',
    backend: 'wasm',
    run: (frame) => Promise.resolve({ faces: found(frame), timings: null }),
    read: () => Promise.resolve(null),
    tensors: () => Promise.resolve(0),
    dispose: () => Promise.resolve(detector.close()),
  };
}

/** Human with only faces and expressions enabled, and without caching. */
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
    run: async (frame) => ({ faces: (await instance.detect(frame)).face.filter((f) => f.emotion?.length).length, timings: null }),
    read: async (photo) => {
      const [face] = largest((await instance.detect(photo)).face, (f) => f.box[2] * f.box[3]);
      return face?.emotion?.reduce((a, b) => (b.score > a.score ? b : a)).emotion ?? null;
    },
    tensors: () => Promise.resolve(tf.memory().numTensors),
    dispose: () => Promise.resolve(),
  };
}

/** face-api with one of its detectors (by default the small, fast one) and its expression network. */
export async function faceApi(backend: 'wasm' | 'webgl', detector: 'tiny' | 'ssd' = 'tiny'): Promise<Contestant & FaceReader> {
  const faceapi = await import('@vladmandic/face-api');
  const { tf } = faceapi as unknown as { tf: Tensorflow };
  tf.setWasmPaths(WASM);
  await tf.setBackend(backend);
  await tf.ready();
  const models = `${BASE}peers/face-api/`;
  await (detector === 'tiny' ? faceapi.nets.tinyFaceDetector : faceapi.nets.ssdMobilenetv1).loadFromUri(models);
  await faceapi.nets.faceExpressionNet.loadFromUri(models);
  const options = detector === 'tiny' ? new faceapi.TinyFaceDetectorOptions() : new faceapi.SsdMobilenetv1Options();
  return {
    name: detector === 'tiny' ? 'face-api' : 'face-api, SSD',
    backend: tf.getBackend(),
    run: async (frame) => ({ faces: (await faceapi.detectAllFaces(frame, options).withFaceExpressions()).length, timings: null }),
    read: async (photo) => {
      const [face] = largest(await faceapi.detectAllFaces(photo, options).withFaceExpressions(), (f) => f.detection.box.area);
      const [first] = face?.expressions.asSortedArray() ?? [];
      return first ? ownName(first.expression) : null;
    },
    readFace: async (face) => {
      const scores = await faceapi.nets.faceExpressionNet.predictExpressions(face);
      const [first] = (Array.isArray(scores) ? scores[0] : scores)?.asSortedArray() ?? [];
      return first ? ownName(first.expression) : null;
    },
    tensors: () => Promise.resolve(tf.memory().numTensors),
    dispose: () => Promise.resolve(),
  };
}
