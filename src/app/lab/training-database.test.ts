import { expect, it } from 'vitest';
import { LUMINANCE_BYTES } from '../../lab/faces';
import type { DataSet, LabFace } from './data-set';
import { digestOf } from './training-database';

const COUNT = 2500;
const face = (): LabFace => ({ name: '', label: '3', columns: {}, category: 'happy', person: null, concerned: false });

function dataSet(change: (parts: { faces: LabFace[]; bursts: number[]; luminance: Uint8Array }) => void = () => undefined): DataSet {
  const parts = { faces: Array.from({ length: COUNT }, face), bursts: Array.from({ length: COUNT }, (_, i) => i), luminance: new Uint8Array(COUNT * LUMINANCE_BYTES) };
  change(parts);
  const { faces, bursts, luminance } = parts;
  return { name: 'many', faces, bursts, leftOut: [], pixels: { luminance, colors: null } };
}

it('knows a data set again by all its faces, labels and people', async () => {
  const digest = await digestOf(dataSet());
  expect(await digestOf(dataSet())).toBe(digest);
  const changes: Parameters<typeof dataSet>[0][] = [
    ({ faces }) => (faces[COUNT - 1] = { ...face(), category: 'sad' }),
    ({ faces }) => (faces[0] = { ...face(), person: 'Anna' }),
    ({ bursts }) => (bursts[COUNT - 1] = 0),
    ({ luminance }) => (luminance[luminance.length - 1] = 1),
  ];
  for (const change of changes) expect(await digestOf(dataSet(change))).not.toBe(digest);
});
