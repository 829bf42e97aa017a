import { expect, it } from 'vitest';
import { wordPeopleEdit } from './people';
import { personName } from './person-style';

it('describes an edit with the names of the people', () => {
  const word = (edit: Parameters<typeof wordPeopleEdit>[0]) => wordPeopleEdit(edit, (person) => personName(person, person === 2 ? 'Anna' : null));
  expect(word({ kind: 'name', person: 1, name: 'Ben' })).toBe('Person A is called “Ben”');
  expect(word({ kind: 'name', person: 2, name: '' })).toBe('Anna has no name any more');
  expect(word({ kind: 'merge', person: 1, other: 2 })).toBe('Anna is the same person as Person A');
  expect(word({ kind: 'keep-apart', person: 1, other: 2 })).toBe('Person A and Anna are two people');
  expect(word({ kind: 'split', person: 1, atMs: 65_200, into: 3 })).toBe('Person A is split: from 1:05.2 on it is Person C');
  expect(word({ kind: 'leave-out', person: 3 })).toBe('Person C is left out');
  expect(word({ kind: 'take-in', person: 3 })).toBe('Person C is back');
});
