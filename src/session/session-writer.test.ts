import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import { DATABASE_NAME } from './archive-database';
import { classifiedFace, frameOf } from './observation-fixture';
import { ObservationStore } from './observation-store';
import { SessionArchive } from './session-archive';
import type { SessionInfo } from './session-info';
import { SessionWriter } from './session-writer';

const EVERY_MS = 40;
const INFO: SessionInfo = {
  ...{ id: 'a', kind: 'video', name: 'clip.mp4', startedAtMs: 1000, durationMs: 200, frame: { width: 640, height: 480 } },
  ...{ model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, reading: null },
  ...{ frames: 0, framesWithFaces: 0, skippedFrames: 0, markers: [], people: [], state: 'complete' },
};

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let archive: SessionArchive;
let store: ObservationStore;

beforeEach(() => {
  // Without Web Locks, as on an insecure page; video-session.browser.test.ts tests with them.
  vi.stubGlobal('navigator', {});
  archive = new SessionArchive();
  store = new ObservationStore();
});

afterEach(async () => {
  vi.unstubAllGlobals();
  await archive.close();
  await deleteDB(DATABASE_NAME);
});

/** Stores nothing before the first frame, like an analysis. */
function writerOf(source: () => Promise<SessionArchive> = () => Promise.resolve(archive)): SessionWriter {
  const info = () => {
    const { frames } = store.getSnapshot();
    return frames > 0 ? { ...INFO, frames } : null;
  };
  return new SessionWriter({ id: INFO.id, store, info, archive: source, everyMs: EVERY_MS });
}

it('writes growing data to disk, and marks it complete at the end', async () => {
  const writer = writerOf();
  for (let i = 0; i < 10; i++) {
    store.append(frameOf(i * 33, classifiedFace(1, 'happy')));
    await after(EVERY_MS / 4);
  }
  await vi.waitFor(async () => expect((await archive.load('a')).store.getSnapshot().frames).toBe(10));
  expect((await archive.load('a')).info).toMatchObject({ state: 'open', frames: 10 });
  store.append(frameOf(400));
  expect(await writer.finish()).toEqual({ how: 'saved' });
  const { info, store: loaded } = await archive.load('a');
  expect(info).toMatchObject({ state: 'complete', frames: 11 });
  expect(loaded.getSnapshot().frames).toBe(11);
});

it('stores nothing for an analysis without frames', async () => {
  const writer = writerOf();
  writer.flush();
  expect(await writer.finish()).toEqual({ how: 'empty' });
  expect((await archive.list()).sessions).toEqual([]);
});

it('runs one write at a time, even on a slow disk, and then writes everything that has accumulated', async () => {
  const append = vi.spyOn(archive, 'append');
  let underWay = 0;
  const write = append.getMockImplementation() ?? SessionArchive.prototype.append.bind(archive);
  append.mockImplementation(async (...call) => {
    expect(++underWay).toBe(1);
    await after(4 * EVERY_MS);
    await write(...call);
    underWay--;
  });
  const writer = writerOf();
  for (let i = 0; i < 20; i++) {
    store.append(frameOf(i * 33));
    await after(EVERY_MS / 2);
  }
  await writer.finish();
  expect(append.mock.calls.length).toBeLessThan(6);
  expect((await archive.load('a')).store.getSnapshot().frames).toBe(20);
});

it('reports why it cannot write, and writes everything on retry', async () => {
  let denied = true;
  const writer = writerOf(() => (denied ? Promise.reject(new MienError('storage', 'full')) : Promise.resolve(archive)));
  store.append(frameOf(0));
  await vi.waitFor(() => expect(writer.getSnapshot()).toMatchObject({ reason: 'full' }));
  expect(await writer.finish()).toMatchObject({ how: 'failed', error: { reason: 'full' } });
  denied = false;
  expect(await writer.finish()).toEqual({ how: 'saved' });
  expect(writer.getSnapshot()).toBeNull();
});

it('stops writing after release', async () => {
  const writer = writerOf();
  store.append(frameOf(0));
  await vi.waitFor(async () => expect((await archive.load('a')).store.getSnapshot().frames).toBe(1));
  await writer.release();
  store.append(frameOf(33));
  writer.writeSoon();
  writer.flush();
  await after(3 * EVERY_MS);
  expect((await archive.load('a')).info.state).toBe('open');
  expect((await archive.load('a')).store.getSnapshot().frames).toBe(1);
});

it('loses no frame that memory has no room for while the disk is full, and frees them once they are written', async () => {
  store = new ObservationStore(2048);
  let full = true;
  const writer = writerOf(() => (full ? Promise.reject(new MienError('storage', 'full')) : Promise.resolve(archive)));
  for (let i = 0; i < 9000; i++) store.append(frameOf(i));
  await vi.waitFor(() => expect(writer.getSnapshot()).toMatchObject({ reason: 'full' }));
  expect(store.getSnapshot().droppedFrames).toBe(0);
  full = false;
  writer.flush();
  await vi.waitFor(async () => expect((await archive.load('a')).store.getSnapshot().frames).toBe(9000));
  for (let i = 9000; i < 12_000; i++) store.append(frameOf(i));
  expect(store.getSnapshot().droppedFrames).toBeGreaterThan(8000);
  await writer.finish();
  expect(Array.from((await archive.load('a')).store.framesFrom(0), ({ timestampMs }) => timestampMs)).toEqual(Array.from({ length: 12_000 }, (_, i) => i));
});
