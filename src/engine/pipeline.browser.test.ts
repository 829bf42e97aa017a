import { expect, test } from 'vitest';
import { cutFace, drawScene, noFace, oneFace, turnedFace, twentyFaces } from '../../scripts/drawn-faces/scenes';
import { bitmapOf } from '../testing/drawn-picture';
import { sharedEngine } from '../testing/engine';
import { isUncertain } from './face-quality';
import type { FaceObservation } from './types';

test('a drawn happy face is found and named', async () => {
  const engine = await sharedEngine();
  const { faces } = await engine.analyzeStill(await bitmapOf(oneFace('happy')));
  expect(faces).toHaveLength(1);
  expect(faces[0]).toMatchObject({ status: 'classified', label: 'happy' });
});

test('all of twenty faces are found, and none in a picture without faces', async () => {
  const engine = await sharedEngine();
  const counts: number[] = [];
  for (const scene of [twentyFaces(), noFace()]) counts.push((await engine.analyzeStill(await bitmapOf(scene))).faces.length);
  expect(counts).toEqual([20, 0]);
});

test.each([[30, 0], [-30, 0], [0, 25], [0, -25], [20, 15]])('a head with yaw %i° and roll %i° is found', async (yawDeg, rollDeg) => {
  const engine = await sharedEngine();
  const { faces } = await engine.analyzeStill(await bitmapOf(turnedFace(yawDeg, rollDeg)));
  expect(faces).toHaveLength(1);
  expect(Math.abs((faces[0]?.headPose.rollDeg ?? NaN) - rollDeg)).toBeLessThan(10);
});

test('a face cut by the edge is found, and either read or marked with a concern', async () => {
  const engine = await sharedEngine();
  const { faces } = await engine.analyzeStill(await bitmapOf(cutFace()));
  expect(faces).toHaveLength(1);
  const [face] = faces;
  expect(face?.status === 'classified' || face?.reason === 'outside-frame').toBe(true);
});

test.each([
  ['face-too-small', { width: 48, height: 48 }, { x: 24, y: 20, height: 20 }],
  ['outside-frame', { width: 640, height: 480 }, { x: -20, y: 240, height: 400 }],
] as const)('a face that cannot be read is skipped: %s', async (reason, size, place) => {
  const engine = await sharedEngine();
  const { faces } = await engine.analyzeStill(await bitmapOf(drawScene(size, [{ ...place, expression: 'happy', seed: 1 }])));
  expect(faces).toMatchObject([{ status: 'skipped', reason }]);
});

test('some turned or blurred faces are uncertain, because of low confidence or a concern', async () => {
  const engine = await sharedEngine();
  const hard = ['fear', 'disgust', 'angry', 'sad'] as const;
  const crowd = (yawDeg: number, rollDeg: number, seed: number, blurPx = 0) =>
    drawScene({ width: 840, height: 500 }, Array.from({ length: 8 }, (_, i) => ({
      x: 108 + (i % 4) * 208, y: 130 + Math.floor(i / 4) * 230, height: 64, seed: seed + i, yawDeg, rollDeg, expression: hard[i % 4] ?? 'fear',
    })), { blurPx });
  const faces: FaceObservation[] = [];
  for (const scene of [crowd(-30, 0, 24), crowd(30, 20, 48, 3)]) faces.push(...(await engine.analyzeStill(await bitmapOf(scene))).faces);
  const read = faces.filter((face) => face.status === 'classified');
  expect(new Set(read.map(({ uncertain }) => uncertain)).size, 'some are uncertain and some are not').toBe(2);
  for (const { uncertain, confidence, concerns } of read) expect(uncertain).toBe(isUncertain(confidence, concerns));
});
