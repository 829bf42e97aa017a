import { expect, it } from 'vitest';
import { newSession } from './archive-database';
import type { PeopleEdit } from './people-edits';
import type { SessionInfo } from './session-info';
import { nameApart, progressOf } from './session-progress';

it('distinguishes sessions with the same name, as from two tabs recording at once', () => {
  const kept = (name: string) => ({ name, deletedAtMs: null });
  expect(nameApart('Webcam, noon', [kept('Webcam, one'), null])).toBe('Webcam, noon');
  expect(nameApart('Webcam, noon', [kept('Webcam, noon')])).toBe('Webcam, noon (2)');
  expect(nameApart('Webcam, noon', [kept('Webcam, noon'), kept('Webcam, noon (2)')])).toBe('Webcam, noon (3)');
  expect(nameApart('Webcam, noon', [{ name: 'Webcam, noon', deletedAtMs: 1 }])).toBe('Webcam, noon');
});

it('adds the edits of an analysis once, however often it is saved', () => {
  const people: PeopleEdit[] = [{ kind: 'name', person: 1, name: 'Anna' }, { kind: 'leave-out', person: 2 }];
  const info = { id: 'a', people } as unknown as SessionInfo;
  expect(progressOf(info, newSession({ ...info, people: [] })).people).toEqual(people);
  expect(progressOf(info, newSession(info)).people).toEqual(people);
});
