import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { expect, it, vi } from 'vitest';
import { DATABASE_NAME } from './archive-database';
import { SessionArchive } from './session-archive';
import type { SessionInfo } from './session-info';

const INFO: SessionInfo = {
  ...{ id: 'a', kind: 'video', name: 'Clip', startedAtMs: 1000, durationMs: 200, frame: null, model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' } },
  ...{ reading: null, frames: 0, framesWithFaces: 0, skippedFrames: 0, markers: [], people: [], state: 'open' },
};

it('stores a small picture with a growing session, and deletes it with the session', async () => {
  vi.stubGlobal('navigator', {});
  const archive = new SessionArchive();
  const picture = async () => (await archive.list()).sessions.map(({ thumbnail }) => thumbnail?.size ?? null);
  await archive.create(INFO);
  expect(await picture()).toEqual([null]);
  await archive.setThumbnail('a', new Blob(['face'], { type: 'image/jpeg' }));
  await archive.append('a', [], { ...INFO, state: 'complete' }, new Map());
  await archive.rename('a', 'Another name');
  expect(await picture()).toEqual([4]);
  await archive.delete(['a']);
  expect(await picture()).toEqual([]);
  await archive.close();
  await deleteDB(DATABASE_NAME);
  vi.unstubAllGlobals();
});
