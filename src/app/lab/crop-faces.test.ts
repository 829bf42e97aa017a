import { expect, it, vi } from 'vitest';
import type { ReadItem } from '../../lab/data/read-data';
import { LUMINANCE_BYTES } from '../../lab/faces';
import { cropFaces, noFaces } from './crop-faces';
import type { DataQuestion } from './data-question';
import type { FaceSource } from './face-source';

const item = (name: string, path: string | null) => ({ name, label: 'x', person: null, columns: {}, path });
const question = (paths: readonly (string | null)[]): DataQuestion => ({
  name: 'set',
  replaces: null,
  read: { items: paths.map((path, i) => item(path ?? `line ${i}`, path)), luminance: new Uint8Array(paths.length * LUMINANCE_BYTES).fill(9), leftOut: [{ name: 'notes.txt', reason: 'no-picture' }] },
  files: new Map(paths.flatMap((path) => (path === null || path === 'gone' ? [] : [[path, new File([], path)] as const]))),
  categories: new Map([['x', 'happy']]),
  crop: 'find',
  patterns: [],
  pattern: null,
});
const cropped = { status: 'cropped', luminance: new Uint8Array(LUMINANCE_BYTES).fill(7), colors: new Uint8Array(96 * 96 * 3).fill(5), concerned: false } as const;
const source = (finds: (name: string) => boolean) => ({ crop: (file: File) => Promise.resolve(finds(file.name) ? cropped : { status: 'left-out', reason: 'no-face' }) }) as unknown as FaceSource;
const { signal } = new AbortController();

it('accounts for every picture, and keeps the pixels of those with a face', async () => {
  const told: number[] = [];
  const { faces, pixels, leftOut } = await cropFaces(question(['a', 'empty', 'gone', 'b']), source((name) => name !== 'empty'), signal, (done) => told.push(done));
  expect(faces.map(({ name, category }) => [name, category])).toEqual([['a', 'happy'], ['b', 'happy']]);
  expect([pixels.luminance.length, pixels.luminance.at(-1), pixels.colors?.length, pixels.colors?.at(-1)]).toEqual([2 * LUMINANCE_BYTES, 7, 2 * 96 * 96 * 3, 5]);
  expect(leftOut).toEqual([{ name: 'notes.txt', reason: 'no-picture' }, { name: 'empty', reason: 'no-face' }, { name: 'gone', reason: 'no-file' }]);
  expect(told).toEqual([1, 2, 3, 4]);
});

it('uses the faces of a table unchanged', async () => {
  const asked = question([null, null]);
  const { faces, pixels } = await cropFaces(asked, source(() => false), signal, () => undefined);
  expect([faces.length, pixels.luminance === asked.read.luminance, pixels.colors]).toEqual([2, true, null]);
});

it('excludes everything if no picture has a face, and names the first ones in the error', async () => {
  const { faces, leftOut } = await cropFaces(question(['a', 'b', 'c']), source(() => false), signal, () => undefined);
  expect([faces, leftOut.length]).toEqual([[], 4]);
  expect(noFaces(leftOut)).toMatchObject({ kind: 'data-set', reason: 'no-faces', detail: 'notes.txt: Not a picture; a: No face found; b: No face found' });
});

it('keeps the order of more faces than fit into one piece', async () => {
  const names = Array.from({ length: 200 }, (_, i) => `${i}`);
  const numbered = { crop: ({ name }: File) => Promise.resolve({ ...cropped, colors: new Uint8Array(96 * 96 * 3).fill(Number(name)) }) } as unknown as FaceSource;
  const { pixels } = await cropFaces(question(names), numbered, signal, () => undefined);
  expect(names.map((_, i) => [pixels.colors?.[i * 96 * 96 * 3], pixels.colors?.[(i + 1) * 96 * 96 * 3 - 1]])).toEqual(names.map((name) => [Number(name), Number(name)]));
});

it('does not allocate memory for faces in advance', async () => {
  const asked = question(['a']);
  // All of their faces would take 11 GB.
  const many = { ...asked, read: { ...asked.read, items: new Array<ReadItem>(400_000).fill(item('a', 'a')) } };
  const stopped = { crop: () => Promise.reject(new Error('stopped')) } as unknown as FaceSource;
  await expect(cropFaces(many, stopped, signal, () => undefined)).rejects.toThrow('stopped');
});

it('reports that faces do not fit into memory', async () => {
  const refused = vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValue(new RangeError('Array buffer allocation failed'));
  await expect(cropFaces(question(['a']), source(() => true), signal, () => undefined)).rejects.toMatchObject({ kind: 'data-set', reason: 'too-large' });
  refused.mockRestore();
});
