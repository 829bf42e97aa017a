import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, expect, it } from 'vitest';
import { DATABASE_NAME } from './archive-database';
import { frameOf } from './observation-fixture';
import { ObservationStore } from './observation-store';
import { SessionArchive } from './session-archive';
import type { SessionInfo } from './session-info';
import { wholeRecording } from './whole-recording';

const archive = new SessionArchive();

afterEach(async () => {
  await archive.close();
  await deleteDB(DATABASE_NAME);
});

it('joins the frames on disk with the later ones in memory', async () => {
  const store = new ObservationStore(2048);
  const info = (frames: number): SessionInfo => ({
    ...{ id: 'a', kind: 'webcam', name: 'Talk', startedAtMs: 1000, durationMs: 9000, frame: { width: 640, height: 480 } },
    ...{ model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, reading: null },
    ...{ frames, framesWithFaces: 0, skippedFrames: 1, markers: [], people: [], state: 'open' },
  });
  await archive.create(info(0));
  store.keepFrom(0);
  store.appendLeftOut({ timestampMs: 0, reason: 'paused' });
  for (let i = 1; i < 3000; i++) store.append(frameOf(i));
  await archive.append('a', store.columnsFrom(0), info(2999), store.looks);
  store.keepFrom(3000);
  for (let i = 3000; i < 9000; i++) store.append(frameOf(i));
  expect(store.getSnapshot().droppedFrames).toBeGreaterThan(0);
  const finished = { info: info(8999), store, saved: false };
  const whole = await wholeRecording({ ...finished, store: new ObservationStore() }, () => Promise.reject(new Error('memory has everything')));
  expect(whole.store.getSnapshot().frames).toBe(0);
  const joined = await wholeRecording(finished, () => Promise.resolve(archive));
  expect(joined.info.frames).toBe(8999);
  expect(Array.from(joined.store.framesFrom(0), ({ timestampMs }) => timestampMs)).toEqual(Array.from({ length: 9000 }, (_, i) => i));
});

it('returns the frames in memory if the session is gone from disk before all were saved', async () => {
  const store = new ObservationStore(2048);
  for (let i = 0; i < 9000; i++) store.append(frameOf(i));
  const info = { id: 'gone' } as SessionInfo;
  const left = await wholeRecording({ info, store, saved: false }, () => Promise.resolve(archive));
  expect(left.store).toBe(store);
  await expect(wholeRecording({ info, store, saved: true }, () => Promise.resolve(archive))).rejects.toMatchObject({ reason: 'missing' });
});
