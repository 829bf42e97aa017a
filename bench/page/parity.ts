import { overlap, type Size } from '../../src/engine/geometry';
import { EXPRESSIONS } from '../../src/engine/labels';
import type { FaceObservation, FrameResult, Search } from '../../src/engine/types';
import { createEngine } from '../../src/workers/pipeline-client';
import type { Engine } from '../../src/workers/protocol';

/** A picture, and the sizes at which the camera shows it. */
export interface ParityPicture {
  readonly name: string;
  readonly url: string;
  readonly sizes: readonly Size[];
}

/**
 * Camera simulation. `plain`: none; `compressed`: compression that is the same in each frame, like a fake camera that plays one JPEG;
 * `noise`: sensor noise that differs in each frame; `jpeg`: noise, then the compression of a webcam that sends JPEG.
 */
export type Camera = 'plain' | 'compressed' | 'noise' | 'jpeg';

/** Compares the results of a live stream of a picture with those of the same picture as a still. */
export interface Parity {
  readonly name: string;
  readonly size: Size;
  readonly search: Search;
  readonly camera: Camera;
  /** Faces of at least 40 pixels. */
  readonly stillFaces: number;
  readonly liveFaces: number;
  /** Faces of the still that the stream lacks after a second. */
  readonly missed: number;
  /** For each face found in both, the largest difference of a probability. */
  readonly differences: readonly number[];
  /** The same between the picture and the camera's last frame, both analysed as stills: the effect of the camera alone. */
  readonly stillDifferences: readonly number[];
  /** After the first second, frames without a face of the still, summed over faces. */
  readonly lostFrames: number;
  /** Tracks in excess of one per face. */
  readonly moreTracks: number;
  /** Changes of a face's displayed label after the first second, summed over faces. */
  readonly labelChanges: number;
  readonly stillMs: number;
  /** Median of the frames after the first. */
  readonly frameMs: number;
  readonly firstFrameMs: number;
}

declare global {
  interface Window {
    compareWithStills(pictures: readonly ParityPicture[], search: Search, camera: Camera, frames: number): Promise<Parity[]>;
  }
}

const LEAST_FACE_PX = 40;
const FRAME_MS = 33;
const SECOND = Math.round(1000 / FRAME_MS);
const SAME = 0.4;
/** Standard deviation of the noise in each channel (0–255), typical of a webcam indoors by daylight, and the JPEG's quality (0–1). */
const NOISE = 4;
const JPEG_QUALITY = 0.7;

window.compareWithStills = async (pictures, search, camera, frames) => {
  const engine = await createEngine({ assetBase: new URL('./', document.baseURI).href, backend: 'wasm', settings: { smoothingMs: 250, sensitivity: 'balanced' } });
  const rows: Parity[] = [];
  for (const { name, url, sizes } of pictures) {
    const picture = await createImageBitmap(await (await fetch(url)).blob());
    for (const size of sizes) rows.push({ name, size, search, camera, ...(await compare(engine, picture, size, search, camera, frames)) });
    picture.close();
  }
  await engine.dispose();
  return rows;
};

async function compare(engine: Engine, picture: ImageBitmap, size: Size, search: Search, camera: Camera, frames: number) {
  const canvas = fitted(picture, size);
  const stillFrom = performance.now();
  const still = await engine.analyzeStill(await createImageBitmap(canvas));
  const stillMs = performance.now() - stillFrom;
  const film = filmed(canvas, camera);
  const times: number[] = [];
  const results: FrameResult[] = [];
  for (let i = 0; i < frames; i++) {
    const frame = await film(i);
    const from = performance.now();
    results.push(await engine.analyzeNext(frame, i * FRAME_MS, { name: 'parity', search }));
    times.push(performance.now() - from);
  }
  await engine.resetLive('parity');
  const [firstFrameMs = NaN, ...later] = times;
  const again = camera === 'plain' ? still : await engine.analyzeStill(await film(frames - 1));
  const wanted = still.faces.filter(isLarge);
  const seen = results.at(-1)?.faces ?? [];
  const pairs = wanted.map((face) => ({ face, twin: twinIn(seen, face), again: twinIn(again.faces, face) }));
  return {
    stillFaces: wanted.length,
    liveFaces: seen.filter(isLarge).length,
    missed: pairs.filter(({ twin }) => !twin).length,
    differences: pairs.flatMap(({ face, twin }) => (twin ? difference(face, twin) : [])),
    stillDifferences: pairs.flatMap((pair) => (pair.again ? difference(pair.face, pair.again) : [])),
    ...steadiness(wanted, results),
    stillMs,
    firstFrameMs,
    frameMs: later.sort((a, b) => a - b)[later.length >> 1] ?? NaN,
  };
}

function twinIn(faces: readonly FaceObservation[], { box: own }: FaceObservation): FaceObservation | undefined {
  return faces.find(({ box }) => overlap(box, own) >= SAME);
}

/** Checks after the first second whether the still's faces remain found, with constant tracks and labels. */
function steadiness(wanted: readonly FaceObservation[], results: readonly FrameResult[]): Pick<Parity, 'lostFrames' | 'moreTracks' | 'labelChanges'> {
  let [lostFrames, moreTracks, labelChanges] = [0, 0, 0];
  for (const face of wanted) {
    const twins = results.map(({ faces }) => twinIn(faces, face));
    const later = twins.slice(SECOND);
    lostFrames += later.filter((twin) => !twin).length;
    moreTracks += Math.max(0, new Set(twins.flatMap((twin) => twin?.track ?? [])).size - 1);
    const labels = later.flatMap((twin) => (twin?.status === 'classified' ? [twin.label] : []));
    labelChanges += labels.filter((label, i) => i > 0 && label !== labels[i - 1]).length;
  }
  return { lostFrames, moreTracks, labelChanges };
}

function isLarge({ box }: FaceObservation): boolean {
  return Math.max(box.width, box.height) >= LEAST_FACE_PX;
}

function difference(a: FaceObservation, b: FaceObservation): number[] {
  if (a.status !== 'classified' || b.status !== 'classified') return [];
  return [Math.max(...EXPRESSIONS.map((e) => Math.abs(a.smoothed[e] - b.smoothed[e])))];
}

/** A camera's frames of a picture; deterministic. */
function filmed(canvas: HTMLCanvasElement, camera: Camera): (frame: number) => Promise<ImageBitmap> {
  if (camera === 'plain') return () => createImageBitmap(canvas);
  if (camera === 'compressed') {
    const compressed = new Promise<Blob>((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no JPEG'))), 'image/jpeg', JPEG_QUALITY));
    return async () => createImageBitmap(await compressed);
  }
  const { width, height } = canvas;
  const picture = canvas.getContext('2d')?.getImageData(0, 0, width, height);
  if (!picture) throw new Error('no 2D canvas');
  const noise = gaussian(1_000_003);
  const film = new OffscreenCanvas(width, height);
  const context = film.getContext('2d', { alpha: false });
  return async (frame) => {
    const data = new Uint8ClampedArray(picture.data);
    for (let i = 0, n = frame * 7919; i < data.length; i++) if (i % 4 < 3) data[i] = (data[i] ?? 0) + NOISE * (noise[n++ % noise.length] ?? 0);
    context?.putImageData(new ImageData(data, width, height), 0, 0);
    return createImageBitmap(camera === 'jpeg' ? await film.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY }) : film);
  };
}

/** Normally distributed numbers; deterministic. */
function gaussian(count: number): Float32Array {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 1) / 2 ** 32;
  };
  return Float32Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

/** Fits the picture into the size, on grey. */
function fitted(picture: ImageBitmap, { width, height }: Size): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  context.fillStyle = '#777';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  const scale = Math.min(width / picture.width, height / picture.height);
  const [w, h] = [picture.width * scale, picture.height * scale];
  context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
  return canvas;
}
