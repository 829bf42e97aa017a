import { expect, it } from 'vitest';
import { Store } from '../../engine/store';
import { inverseOf, withEdit, type FaceEdit } from './data-channel';
import type { DataState } from './data-state';
import type { LabFace } from './data-set';
import { FaceEdits } from './face-edits';

function editsOf(...persons: readonly (string | null)[]) {
  const pixels = () => ({ luminance: new Uint8Array(), colors: null });
  const facesOf = () => persons.map((person, i): LabFace => ({ name: `${i}.png`, label: 'sad', columns: {}, category: 'sad', person, concerned: false }));
  const store = new Store<DataState>({ status: 'ready', data: { name: 'faces', faces: facesOf(), pixels: pixels(), leftOut: [], bursts: [] } });
  const data = () => (store.getSnapshot() as DataState & { readonly status: 'ready' }).data;
  const session = {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    edit: (edit: FaceEdit) => store.set({ status: 'ready', data: { ...data(), faces: withEdit(data().faces, edit) } }),
  };
  const others = () => store.set({ status: 'ready', data: { ...data(), faces: facesOf(), pixels: pixels() } });
  return { edits: new FaceEdits(session), faces: () => data().faces, session, others };
}

it('labels faces, and undoes edits one by one', () => {
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

it('merges whole people, including faces of unknown people', () => {
  const { edits, faces } = editsOf('a', 'b', 'a', 'c', null, null);
  edits.onePerson([0, 1, 4], 'Anna');
  expect(faces().map(({ person }) => person)).toEqual(['Anna', 'Anna', 'Anna', 'c', 'Anna', null]);
  expect(edits.getSnapshot()).toBe('4 faces are Anna');
});

it('undoes many labels by index, without copying the faces', () => {
  const face = (category: string | null): LabFace => ({ name: 'a long name', label: 'as written', columns: { usage: 'Training' }, category, person: 'Anna', concerned: false });
  const faces = ['sad', null, 'sad', 'happy'].map(face);
  expect(inverseOf([{ faces: [0, 1, 2, 9], change: { category: 'fear' } }], faces)).toEqual([
    { faces: [0, 2], change: { category: 'sad' } },
    { faces: [1], change: { category: null } },
  ]);
});

it('keeps a person set by another tab in the meantime', () => {
  const { edits, faces, session } = editsOf('a');
  edits.label([0], 'happy');
  session.edit([{ faces: [0], change: { person: 'Anna' } }]);
  edits.undo();
  expect(faces()).toMatchObject([{ category: 'sad', person: 'Anna' }]);
});

it('undoes only its own edits, and nothing after other faces were loaded', () => {
  const { edits, faces, session, others } = editsOf('a', 'b');
  edits.label([0], 'happy');
  // An edit from another tab.
  session.edit([{ faces: [1], change: { category: 'fear' } }]);
  edits.undo();
  expect(faces().map(({ category }) => category)).toEqual(['sad', 'fear']);

  edits.label([0], 'happy');
  others();
  expect(edits.getSnapshot()).toBeNull();
  edits.undo();
  expect(faces().map(({ category }) => category)).toEqual(['sad', 'sad']);
});
