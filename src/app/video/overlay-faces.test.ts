import { expect, it } from 'vitest';
import { classifiedFace, frameOf } from '../../session/observation-fixture';
import { ObservationStore } from '../../session/observation-store';
import { PeopleAssignment, type PeopleEdits } from '../../session/people-edits';
import { overlayFacesAt } from './overlay-faces';

it('labels people as the lists do: by letter or given name, merged, and split from their moment on', () => {
  const store = new ObservationStore();
  for (let i = 0; i < 4; i++) store.append(frameOf(i * 1000, classifiedFace(1, 'happy'), classifiedFace(2, 'sad'), classifiedFace(3, 'fear')));
  store.end(null);
  const tagsAt = (timeMs: number, edits: PeopleEdits) => {
    const people = { edits, assignment: PeopleAssignment.of(edits), newest: null, trouble: null };
    return overlayFacesAt({ store, intervalMs: 1000, people }, timeMs).map(({ tag }) => tag);
  };
  expect(tagsAt(1000, [])).toEqual(['A', 'B', 'C']);
  const edits: PeopleEdits = [
    { kind: 'name', person: 1, name: 'Anna' },
    { kind: 'merge', person: 1, other: 3 },
    { kind: 'split', person: 2, atMs: 2000, into: 4 },
  ];
  expect(tagsAt(1000, edits)).toEqual(['Anna', 'B', 'Anna']);
  expect(tagsAt(2000, edits)).toEqual(['Anna', 'D', 'Anna']);
});
