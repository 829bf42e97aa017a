import { expect, test } from 'vitest';
import { fiveFaces, noFace, oneFace, twentyFaces } from '../../scripts/drawn-faces/scenes';
import { bitmapOf } from '../testing/drawn-picture';
import { sharedEngine } from '../testing/engine';

test('a drawn happy face is found and named', async () => {
  const engine = await sharedEngine();
  const { faces } = await engine.analyzeStill(await bitmapOf(oneFace('happy')));
  expect(faces).toHaveLength(1);
  expect(faces[0]).toMatchObject({ status: 'classified', label: 'happy' });
});

test('every face of five and of twenty is found, and none where there is none', async () => {
  const engine = await sharedEngine();
  const counts: number[] = [];
  for (const scene of [fiveFaces(), twentyFaces(), noFace()]) counts.push((await engine.analyzeStill(await bitmapOf(scene))).faces.length);
  expect(counts).toEqual([5, 20, 0]);
});
