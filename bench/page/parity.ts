import { overlap, type Size } from '../../src/engine/geometry';
import { EXPRESSIONS } from '../../src/engine/labels';
import type { FaceObservation, FrameResult, Search } from '../../src/engine/types';
import { createEngine } from '../../src/workers/pipeline-client';
import type { Engine } from '../../src/workers/protocol';

/** One picture, and the sizes at which it is shown to the camera. */
export interface ParityPicture {
  readonly name: string;
  readonly url: string;
  readonly sizes: readonly Size[];
}

/**
 * What a camera adds to the picture that it is shown: nothing; compression, the same in each frame, as a fake camera's that plays one JPEG;
 * a sensor's noise, another in each frame; noise, and then the compression of a webcam that sends JPEG.
 */
export type Camera = 'plain' | 'compressed' | 'noise' | 'jpeg';

/** How a stream read a picture that was held before it, beside how the same picture was read as a still. */
export interface Parity {
  readonly name: string;
  readonly size: Size;
  readonly search: Search;
  readonly camera: Camera;
  /** Faces from 40 pixels on. */
  readonly stillFaces: number;
  readonly liveFaces: number;
  /** Of the still's faces, those that the stream lacks after a second. */
  readonly missed: number;
  /** Largest difference of a probability, of each face that both found. */
  readonly differences: readonly number[];
  /** The same between the picture and the camera's last frame, both read as stills: what the camera does. */
  readonly stillDifferences: readonly number[];
  /** Frames after the first second that lack a face of the still, summed over faces. */
  readonly lostFrames: number;
  /** Tracks beyond one for each face. */
  readonly moreTracks: number;
  /** Changes of a face's shown label after the first second, summed over faces. */
  readonly labelChanges: number;
  readonly stillMs: number;
  /** Medians over the frames after the first. */
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
/** Standard deviation of the noise in each channel (0–255), a webcam's by daylight indoors, and the JPEG's quality (0–1). */
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

/** Whether the still's faces stay found, who they are, and what they are called, once a second has passed. */
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

/** A camera's frames of a picture; the same each time. */
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

/** So many numbers of a normal distribution, always the same. */
function gaussian(count: number): Float32Array {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 1) / 2 ** 32;
  };
  return Float32Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

/** The picture as large as it fits, on gray. */
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
