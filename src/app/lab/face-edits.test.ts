import { expect, it } from 'vitest';
import type { DataState } from './data-session';
import type { DataSet, LabFace } from './data-set';
import { FaceEdits } from './face-edits';

function editsOf(...persons: readonly (string | null)[]) {
  let faces: readonly LabFace[] = persons.map((person, i) => ({ name: `${i}.png`, label: 'sad', columns: {}, category: 'sad', person, concerned: false }));
  const session = {
    getSnapshot: (): DataState => ({ status: 'ready', data: { name: 'faces', faces, pixels: { luminance: new Uint8Array(), colors: null }, leftOut: [], bursts: [] } satisfies DataSet }),
    edit: (changed: readonly number[], change: Partial<LabFace>) => (faces = faces.map((face, i) => (changed.includes(i) ? { ...face, ...change } : face))),
    putFaces: (before: readonly LabFace[]) => (faces = before),
  };
  return { edits: new FaceEdits({ ...session, edit: (...own) => void session.edit(...own), putFaces: (own) => void session.putFaces(own) }), faces: () => faces };
}

it('labels faces, and takes edits back one by one', () => {
  const { edits, faces } = editsOf('a', 'b', null);
  edits.label([0, 2], 'happy');
  edits.label([1], null);
  expect(faces().map(({ category }) => category)).toEqual(['happy', null, 'happy']);
  expect(edits.getSnapshot()).toBe('1 face left out');
  edits.undo();
  expect(edits.getSnapshot()).toBe('2 faces labelled happy');
  edits.undo();
  expect(faces().map(({ category }) => category)).toEqual(['sad', 'sad', 'sad']);
  expect(edits.getSnapshot()).toBeNull();
  edits.undo();
});

it('merges people whole, with faces of nobody known', () => {
  const { edits, faces } = editsOf('a', 'b', 'a', 'c', null, null);
  edits.onePerson([0, 1, 4], 'Anna');
  expect(faces().map(({ person }) => person)).toEqual(['Anna', 'Anna', 'Anna', 'c', 'Anna', null]);
  expect(edits.getSnapshot()).toBe('4 faces are Anna');
});
