import { expect, it } from 'vitest';
import { UNDO_MS } from '../../session/session-archive';
import { isUndoable } from './last-deletion';

it('offers the undo only while the purge of the opening Library cannot have freed the space', () => {
  const deletion = { ids: ['a'], words: 'deleted', atMs: 1_000_000 };
  expect(isUndoable(deletion, deletion.atMs + 30_000)).toBe(true);
  expect(isUndoable(deletion, deletion.atMs + UNDO_MS - 1)).toBe(false);
});
