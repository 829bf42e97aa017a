import { expect, it } from 'vitest';
import { orderedFaces } from './face-order';

const face = (category: string | null, person: string | null) => ({ name: '', label: '', columns: {}, category, person, concerned: false });
const data = { faces: [face('sad', 'b'), face('happy', null), face('sad', 'a'), face(null, 'b'), face('happy', 'a')], bursts: [0, 1, 2, 3, 2] };

it('orders faces by class, person or near-duplicates, and filters by class', () => {
  expect(orderedFaces(data, 'read', null)).toEqual([0, 1, 2, 3, 4]);
  expect(orderedFaces(data, 'class', null)).toEqual([1, 4, 0, 2, 3]);
  expect(orderedFaces(data, 'person', null)).toEqual([2, 4, 0, 3, 1]);
  expect(orderedFaces(data, 'copies', null)).toEqual([2, 4, 0, 1, 3]);
  expect(orderedFaces(data, 'read', 'sad')).toEqual([0, 2]);
});
