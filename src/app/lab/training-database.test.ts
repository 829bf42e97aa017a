import { expect, it } from 'vitest';
import { sha256 } from '../../engine/assets';
import { LUMINANCE_BYTES } from '../../lab/faces';
import type { DataSet, LabFace } from './data-set';
import { digestOf, isOlderDigestOf } from './training-database';

const COUNT = 2500;
const face = (): LabFace => ({ name: '', label: '3', columns: {}, category: 'happy', person: null, concerned: false });

function dataSet(change: (parts: { faces: LabFace[]; bursts: number[]; luminance: Uint8Array }) => void = () => undefined): DataSet {
  const parts = { faces: Array.from({ length: COUNT }, face), bursts: Array.from({ length: COUNT }, (_, i) => i), luminance: new Uint8Array(COUNT * LUMINANCE_BYTES) };
  change(parts);
  const { faces, bursts, luminance } = parts;
  return { name: 'many', faces, bursts, leftOut: [], pixels: { luminance, colors: null } };
}

it('identifies a data set by all its faces, labels and people', async () => {
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

it('recognizes digests of older versions', async () => {
  const data = dataSet();
  const { faces, bursts, pixels } = data;
  const words = await sha256(new TextEncoder().encode(JSON.stringify([faces.map(({ category, person }) => [category, person]), bursts])));
  const first = `${words} ${await sha256(new Uint8Array(pixels.luminance))}`;
  const pieces = (await digestOf(data)).split(' ').slice(-2).join(' ');
  expect([await isOlderDigestOf(first, data), await isOlderDigestOf(`${words} ${pieces}`, data)]).toEqual([true, true]);
  const other = dataSet((parts) => (parts.luminance[0] = 1));
  expect([await isOlderDigestOf(first, other), await isOlderDigestOf(`${words} ${pieces}`, other)]).toEqual([false, false]);
});
