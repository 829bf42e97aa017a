import { expect, test } from 'vitest';
import { fiveFaces, manyFaces, oneFace, type Scene } from '../../scripts/drawn-faces/scenes';
import { bitmapOf } from '../testing/drawn-picture';
import { sharedEngine } from '../testing/engine';
import { EXPRESSIONS } from './labels';
import type { FaceObservation, FrameResult, Search } from './types';

const FRAME_MS = 33;

/** Results for frames of a stream that shows one picture. */
async function held(scene: Scene, search: Search, frames: number): Promise<FrameResult[]> {
  const engine = await sharedEngine();
  const name = `parity-${search}`;
  const results: FrameResult[] = [];
  for (let i = 0; i < frames; i++) results.push(await engine.analyzeNext(await bitmapOf(scene), i * FRAME_MS, { name, search }));
  await engine.resetLive(name);
  return results;
}

/** Largest difference of a probability; 1 if either was not read. */
function difference(a: FaceObservation, b: FaceObservation | undefined): number {
  if (a.status !== 'classified' || b?.status !== 'classified') return 1;
  return Math.max(...EXPRESSIONS.map((e) => Math.abs(a.smoothed[e] - b.smoothed[e])));
}

const nearest = (face: FaceObservation, others: readonly FaceObservation[]) =>
  others.find(({ box }) => Math.hypot(box.x - face.box.x, box.y - face.box.y) < face.box.width / 4);

test('fast and thorough streams read five people as a still does', async () => {
  const engine = await sharedEngine();
  const still = await engine.analyzeStill(await bitmapOf(fiveFaces()));
  expect(still.faces).toHaveLength(5);
  const fast = await held(fiveFaces(), 'fast', 8);
  const [thorough] = await held(fiveFaces(), 'thorough', 1);
  // The first frame of a fast stream is what a live recognizer's `detect` reads.
  for (const [which, live] of Object.entries({ 'first fast': fast[0], 'eighth fast': fast[7], 'first thorough': thorough })) {
    expect(live?.faces, which).toHaveLength(5);
    for (const face of still.faces) expect(difference(face, nearest(face, live?.faces ?? [])), which).toBeLessThan(0.05);
  }
});

test('a thorough stream finds 25 faces of 62 px in its first frame, and in the next when all have moved', async () => {
  const engine = await sharedEngine();
  const stream = { name: 'crowd', search: 'thorough' } as const;
  const scene = await bitmapOf(manyFaces(25, 62));
  const moved = await createImageBitmap(scene, -5, -3, scene.width, scene.height);
  const first = await engine.analyzeNext(scene, 0, stream);
  const second = await engine.analyzeNext(moved, 100, stream);
  await engine.resetLive(stream.name);
  expect(first.faces).toHaveLength(25);
  expect(second.faces).toHaveLength(25);
  for (const [i, { box }] of first.faces.entries()) {
    const twin = nearest({ ...first.faces[i], box: { ...box, x: box.x + 5, y: box.y + 3 } } as FaceObservation, second.faces);
    expect(Math.hypot((twin?.box.x ?? NaN) - box.x - 5, (twin?.box.y ?? NaN) - box.y - 3)).toBeLessThan(3);
  }
});

/** A scene turned clockwise. */
async function turned(scene: Scene, turnDeg: number): Promise<ImageBitmap> {
  const upright = await bitmapOf(scene);
  const sideways = turnDeg % 180 !== 0;
  const canvas = new OffscreenCanvas(sideways ? upright.height : upright.width, sideways ? upright.width : upright.height);
  const context = canvas.getContext('2d');
  context?.translate(canvas.width / 2, canvas.height / 2);
  context?.rotate((turnDeg * Math.PI) / 180);
  context?.drawImage(upright, -upright.width / 2, -upright.height / 2);
  upright.close();
  return canvas.transferToImageBitmap();
}

test.each([90, 180, 270])('a head that is turned by %d° is read upright', async (turnDeg) => {
  const engine = await sharedEngine();
  const [face] = (await engine.analyzeStill(await turned(oneFace('happy'), turnDeg))).faces;
  expect(face).toMatchObject({ status: 'classified', label: 'happy' });
  const off = Math.abs((((face?.headPose.rollDeg ?? NaN) - turnDeg + 540) % 360) - 180);
  expect(off).toBeLessThan(10);
});

test.each([90, 180, 270])('the small faces of a picture that is turned by %d° are all found', async (turnDeg) => {
  const engine = await sharedEngine();
  const { faces } = await engine.analyzeStill(await turned(manyFaces(25, 62), turnDeg));
  expect(faces).toHaveLength(25);
});

test('a fast stream finds these faces, too, and those of the picture turned back', async () => {
  const engine = await sharedEngine();
  const stream = { name: 'turned-crowd', search: 'fast', isLive: true } as const;
  let ms = 0;
  const facesAfterASecond = async (turnDeg: number) => {
    const picture = await turned(manyFaces(25, 62), turnDeg);
    let count = 0;
    for (const end = ms + 1000; ms <= end; ms += FRAME_MS) count = (await engine.analyzeNext(await createImageBitmap(picture), ms, stream)).faces.length;
    picture.close();
    return count;
  };
  // The first second may pass before the network that small faces need is loaded.
  await facesAfterASecond(180);
  expect(await facesAfterASecond(180)).toBe(25);
  expect(await facesAfterASecond(0)).toBe(25);
  await engine.resetLive(stream.name);
});
