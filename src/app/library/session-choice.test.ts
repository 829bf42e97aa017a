import { expect, it } from 'vitest';
import { chooseSessions } from './session-choice';

const SESSIONS = [
  { name: 'P10 interview', startedAtMs: 3, durationMs: 10, tags: ['pilot'] },
  { name: 'p2 Interview', startedAtMs: 1, durationMs: 30, tags: [] },
  { name: 'Webcam', startedAtMs: 2, durationMs: 20, tags: ['Pilot', 'at home'] },
];
const names = (search: string, order: Parameters<typeof chooseSessions>[2]) => chooseSessions(SESSIONS, search, order).map(({ name }) => name);

it.each([
  ['newest', ['P10 interview', 'Webcam', 'p2 Interview']],
  ['oldest', ['p2 Interview', 'Webcam', 'P10 interview']],
  ['name', ['p2 Interview', 'P10 interview', 'Webcam']],
  ['longest', ['p2 Interview', 'Webcam', 'P10 interview']],
] as const)('sorts by %s', (order, sorted) => expect(names('', order)).toEqual(sorted));

it('finds every word, in any case and order', () => {
  expect(names('interview P2', 'newest')).toEqual(['p2 Interview']);
  expect(names('interview webcam', 'newest')).toEqual([]);
  expect(names('pilot', 'name')).toEqual(['P10 interview', 'Webcam']);
});
