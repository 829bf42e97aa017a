import { expect, test } from 'vitest';
import { drawScene as sceneOf, noFace, oneFace, type Scene } from '../../scripts/drawn-faces/scenes';
import { pictureFile } from '../testing/drawn-picture';
import { animatedGifFile, animatedWebpFile } from '../testing/picture-files';
import { isAnimated } from './animated-picture';
import { openImage } from './image-file-source';
import { openVideo } from './open-video';

const SIZE = { width: 64, height: 48 };
const scenes = [0, 1, 2].map((seed): Scene => sceneOf(SIZE, [{ x: 32, y: 22, height: 30, seed, expression: 'happy' }])) as [Scene, Scene, Scene];

async function read(file: Blob) {
  const source = await openVideo(file);
  const rows = [];
  for await (const sample of source.frames({ framesPerSecond: 'every' })) {
    if (sample.status === 'left-out') rows.push(sample.reason);
    else {
      const { frame, timestampMs, frameNumber } = sample;
      rows.push([frameNumber, timestampMs, frame instanceof ImageBitmap && `${frame.width}×${frame.height}`]);
      frame.close();
    }
  }
  source.close();
  return { info: source.info, rows };
}

test.each([
  ['gif', () => animatedGifFile(scenes)],
  ['webp', () => animatedWebpFile(scenes, 200)],
] as const)('every picture of a %s that moves is a frame, at its time', async (container, make) => {
  const file = await make();
  expect(await isAnimated(file)).toBe(true);
  const { info, rows } = await read(file);
  expect(info).toMatchObject({ container, size: SIZE, startMs: 0, endMs: 600, frameRate: 5, variableFrameRate: false, brokenOffAtMs: null });
  expect(rows).toEqual([0, 1, 2].map((i) => [i, 200 * i, '64×48']));
});

test('a truncated animation is read as far as it goes, and reports where it ends', async () => {
  const file = await animatedGifFile(scenes);
  const { info, rows } = await read(file.slice(0, Math.round(file.size * 0.8)));
  expect(rows).toEqual([0, 1].map((i) => [i, 200 * i, '64×48']));
  expect(info).toMatchObject({ endMs: 400, brokenOffAtMs: 400 });
});

test('a truncated or partly overwritten WebP is read up to the damage, both its frames and its first picture', async () => {
  const file = await animatedWebpFile(scenes, 200);
  const whole = new Uint8Array(await file.arrayBuffer());
  const last = String.fromCharCode(...whole).lastIndexOf('ANMF');
  const cuts = [whole.subarray(0, -1), whole.subarray(0, -30), whole.slice().fill(0, last)];
  for (const [i, bytes] of cuts.entries()) {
    const { info, rows } = await read(new Blob([bytes]));
    // The last byte of a picture carries no picture data.
    const count = i === 0 ? 3 : 2;
    expect(rows).toEqual(Array.from({ length: count }, (_, number) => [number, 200 * number, '64×48']));
    expect(info).toMatchObject({ endMs: 200 * count, brokenOffAtMs: i === 0 ? null : 400 });
    const { bitmap, size } = await openImage(new Blob([bytes]));
    bitmap.close();
    expect(size).toEqual(SIZE);
  }
});

test('a WebP with unknown chunks is intact, and so is one that only lacks metadata after its last frame', async () => {
  const whole = new Uint8Array(await (await animatedWebpFile(scenes, 200)).arrayBuffer());
  const last = String.fromCharCode(...whole).lastIndexOf('ANMF');
  const between = withLength([whole.subarray(0, last), chunk('mine', 3), whole.subarray(last)]);
  const behind = withLength([whole, chunk('mine', 3)]);
  const notes = withLength([whole, chunk('XMP ', 60)]);
  const files = [between, behind, notes, notes.subarray(0, -20), withLength([whole], 2), new Uint8Array([...whole, ...new Uint8Array(64)]), between.subarray(0, -30)];
  for (const [i, bytes] of files.entries()) {
    const { info, rows } = await read(new Blob([bytes]));
    const count = i === 6 ? 2 : 3;
    expect(rows, `file ${i}`).toEqual(Array.from({ length: count }, (_, number) => [number, 200 * number, '64×48']));
    expect(info.brokenOffAtMs, `file ${i}`).toBe(i === 6 ? 400 : null);
  }
});

/** A WebP chunk. */
function chunk(id: string, bytes: number): Uint8Array {
  const made = new Uint8Array(8 + bytes + (bytes % 2)).fill(7);
  made.set(new TextEncoder().encode(id));
  new DataView(made.buffer).setUint32(4, bytes, true);
  return made;
}

/** A WebP whose header states its length. */
function withLength(parts: readonly Uint8Array[], beyond = 0): Uint8Array<ArrayBuffer> {
  const made = Uint8Array.from(parts.flatMap((part) => [...part]));
  new DataView(made.buffer).setUint32(4, made.length - 8 + beyond, true);
  return made;
}

test('a still picture of any format is not an animation', async () => {
  for (const type of ['image/png', 'image/jpeg', 'image/webp'] as const) expect(await isAnimated(await pictureFile(oneFace(), 'still', type))).toBe(false);
  expect(await isAnimated(await animatedGifFile([noFace()]))).toBe(false);
  expect(await isAnimated(new Blob(['GIF89a, as a text may begin']))).toBe(false);
});
