import { expect, it } from 'vitest';
import { toArchivedSession } from './archive-database';
import { SESSION_0_1 } from './session-0-1-fixture';

it.each([
  [-1500.5, true],
  [0, true],
  [NaN, false],
  [-Infinity, false],
])('reads a stored session with a marker at %d ms: %s', (atMs, isSound) => {
  const session = toArchivedSession({ ...SESSION_0_1, markers: [{ atMs, note: 'film' }] });
  expect(session?.markers ?? null).toEqual(isSound ? [{ atMs, note: 'film' }] : null);
});
