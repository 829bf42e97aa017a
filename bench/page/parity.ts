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

/** How a stream read a picture that was held before it, beside how the same picture was read as a still. */
export interface Parity {
  readonly name: string;
  readonly size: Size;
  readonly search: Search;
  /** Faces from 40 pixels on. */
  readonly stillFaces: number;
  readonly liveFaces: number;
  /** Of the still's faces, those that the stream lacks after a second. */
  readonly missed: number;
  /** Largest difference of a probability, of each face that both found. */
  readonly differences: readonly number[];
  readonly stillMs: number;
  /** Medians over the frames after the first. */
  readonly frameMs: number;
  readonly firstFrameMs: number;
}

declare global {
  interface Window {
    compareWithStills(pictures: readonly ParityPicture[], search: Search, frames: number): Promise<Parity[]>;
  }
}

const LEAST_FACE_PX = 40;
const FRAME_MS = 33;
const SAME = 0.4;

window.compareWithStills = async (pictures, search, frames) => {
  const engine = await createEngine({ assetBase: new URL('./', document.baseURI).href, backend: 'wasm', settings: { smoothingMs: 250, sensitivity: 'balanced' } });
  const rows: Parity[] = [];
  for (const { name, url, sizes } of pictures) {
    const picture = await createImageBitmap(await (await fetch(url)).blob());
    for (const size of sizes) rows.push({ name, size, search, ...(await compare(engine, picture, size, search, frames)) });
    picture.close();
  }
  await engine.dispose();
  return rows;
};

async function compare(engine: Engine, picture: ImageBitmap, size: Size, search: Search, frames: number) {
  const canvas = fitted(picture, size);
  const stillFrom = performance.now();
  const still = await engine.analyzeStill(await createImageBitmap(canvas));
  const stillMs = performance.now() - stillFrom;
  const times: number[] = [];
  let last: FrameResult | null = null;
  for (let i = 0; i < frames; i++) {
    const frame = await createImageBitmap(canvas);
    const from = performance.now();
    last = await engine.analyzeNext(frame, i * FRAME_MS, { name: 'parity', search });
    times.push(performance.now() - from);
  }
  await engine.resetLive('parity');
  const [firstFrameMs = NaN, ...later] = times;
  const wanted = still.faces.filter(isLarge);
  const seen = last?.faces ?? [];
  const pairs = wanted.map((face) => ({ face, twin: seen.find(({ box }) => overlap(box, face.box) >= SAME) }));
  return {
    stillFaces: wanted.length,
    liveFaces: seen.filter(isLarge).length,
    missed: pairs.filter(({ twin }) => !twin).length,
    differences: pairs.flatMap(({ face, twin }) => (twin ? difference(face, twin) : [])),
    stillMs,
    firstFrameMs,
    frameMs: later.sort((a, b) => a - b)[later.length >> 1] ?? NaN,
  };
}

function isLarge({ box }: FaceObservation): boolean {
  return Math.max(box.width, box.height) >= LEAST_FACE_PX;
}

function difference(a: FaceObservation, b: FaceObservation): number[] {
  if (a.status !== 'classified' || b.status !== 'classified') return [];
  return [Math.max(...EXPRESSIONS.map((e) => Math.abs(a.smoothed[e] - b.smoothed[e])))];
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
