import 'fake-indexeddb/auto';
import { APPEARANCE_BYTES } from '../engine/appearance';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import { DATABASE_NAME } from './archive-database';
import { classifiedFace, frameOf, skippedFace } from './observation-fixture';
import { ObservationStore } from './observation-store';
import { accountFixture } from './reading-fixture';
import { BATCH_0_1, SESSION_0_1 } from './session-0-1-fixture';
import { SessionArchive } from './session-archive';
import type { SessionInfo } from './session-info';
import { SessionRecorder } from './session-recorder';

const ACCOUNT = accountFixture({ framesLeftOut: [{ reason: 'undecodable', count: 3 }], framesRead: 598, laterSensitivities: ['eager'], laterSmoothingsMs: [500], laterBackends: ['webgl'] });
const LIVE = { camera: 'Front camera', search: 'fast', smoothingMs: 250, sensitivity: 'eager', backend: 'wasm', appVersion: '0.2.0' } as const;
const MODEL = { id: 'mien-s', version: '1.0.0', sha256: 'abc' };

function infoOf(id: string, change: Partial<SessionInfo> = {}): SessionInfo {
  return {
    ...{ id, kind: 'video', name: `Session ${id}`, startedAtMs: 1000, durationMs: 200, frame: { width: 640, height: 480 }, model: MODEL, reading: null },
    ...{ frames: 0, framesWithFaces: 0, skippedFrames: 0, markers: [], people: [], state: 'open' },
    ...change,
  };
}

function storeOf(frames: number): ObservationStore {
  const store = new ObservationStore();
  for (let i = 0; i < frames; i++) store.append(frameOf(i * 33, ...(i % 4 === 0 ? [skippedFace(2)] : [classifiedFace(1, 'happy')])));
  return store;
}

/** Saves a session in several batches. */
async function save(archive: SessionArchive, id: string, change: Partial<SessionInfo> = {}): Promise<ObservationStore> {
  const store = storeOf(90);
  const info = infoOf(id, { frames: 90, state: 'complete', ...change });
  await archive.create(infoOf(id, change));
  for (const first of [0, 30, 60]) {
    const batch = storeOf(first + 30).columnsFrom(first);
    await archive.append(id, batch, info, new Map());
  }
  return store;
}

const timesOf = (store: ObservationStore) => Array.from(store.framesFrom(0), ({ timestampMs, faces }) => [timestampMs, faces.length]);

/** Modifies the database behind the archive's back, like a failing disk or another program. */
async function tamper(work: (database: Awaited<ReturnType<typeof openDB>>) => Promise<unknown>): Promise<void> {
  const database = await openDB(DATABASE_NAME);
  await work(database);
  database.close();
}

let archive: SessionArchive;

beforeEach(() => {
  // Without Web Locks, as on an insecure page; e2e/sessions.spec.ts tests with them.
  vi.stubGlobal('navigator', {});
  archive = new SessionArchive();
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await archive.close();
  await deleteDB(DATABASE_NAME);
});

describe('SessionArchive', () => {
  it('loads what was written, batch by batch', async () => {
    const store = await save(archive, 'a');
    const loaded = await archive.load('a');
    expect(timesOf(loaded.store)).toEqual(timesOf(store));
    expect(loaded).toMatchObject({ damagedBatches: 0, info: { name: 'Session a', frames: 90, state: 'complete', batches: 3, tracks: [1] } });
    expect(loaded.info.bytes).toBeGreaterThan(90 * 100);
  });

  it('lists the newest first, and renames', async () => {
    await save(archive, 'a', { startedAtMs: 1 });
    await save(archive, 'b', { startedAtMs: 2 });
    await archive.rename('a', 'Interview');
    const { sessions } = await archive.list();
    expect(sessions.map(({ id, name }) => [id, name])).toEqual([
      ['b', 'Session b'],
      ['a', 'Interview'],
    ]);
  });

  it('keeps a name that was changed during recording', async () => {
    await archive.create(infoOf('a'));
    await archive.rename('a', 'Interview');
    await archive.append('a', storeOf(2).columnsFrom(0), infoOf('a', { frames: 2 }), new Map());
    expect((await archive.list()).sessions[0]).toMatchObject({ name: 'Interview', frames: 2 });
  });

  it('stores appearances and edits, even during recording, and drops invalid ones', async () => {
    const look = new Uint8Array(APPEARANCE_BYTES).fill(128);
    const store = storeOf(2);
    store.restoreLooks(new Map([[1, look]]));
    await archive.create(infoOf('a'));
    await archive.editPeople('a', () => [{ kind: 'name', person: 1, name: 'Anna' }]);
    await archive.append('a', store.columnsFrom(0), infoOf('a', { frames: 2 }), store.looks);
    const loaded = await archive.load('a');
    expect(loaded.info.people).toEqual([{ kind: 'name', person: 1, name: 'Anna' }]);
    expect([...loaded.store.looks]).toEqual([[1, look]]);
    expect(loaded.store.ended).toBe(true);
    await tamper(async (database) => {
      const session = (await database.get('sessions', 'a')) as object;
      await database.put('sessions', { ...session, people: [{ kind: 'marry' }], looks: new Map<number, unknown>([[1, 'tall'], [2, look]]) });
    });
    const tampered = await archive.load('a');
    expect(tampered.info.people).toEqual([]);
    expect([...tampered.store.looks.keys()]).toEqual([2]);
  });

  it('restores deleted sessions, and purges them after a while', async () => {
    await save(archive, 'a');
    await save(archive, 'b');
    await archive.trash(['a', 'b']);
    expect((await archive.list()).sessions).toEqual([]);
    await archive.restore(['a']);
    await archive.purge();
    await archive.restore(['b']);
    expect((await archive.list()).sessions).toHaveLength(2);
    await archive.trash(['b']);
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 120_000);
    await archive.purge();
    await expect(archive.load('b')).rejects.toMatchObject({ kind: 'storage', reason: 'missing' });
    await tamper(async (database) => expect(await database.count('batches')).toBe(3));
  });

  it('deletes everything, including batches', async () => {
    await save(archive, 'a');
    await save(archive, 'b');
    await archive.deleteAll();
    expect(await archive.list()).toEqual({ sessions: [], damaged: [] });
    await tamper(async (database) => expect(await database.count('batches')).toBe(0));
  });

  it('skips and counts damaged batches', async () => {
    await save(archive, 'a');
    await save(archive, 'b');
    await tamper(async (database) => {
      await database.put('batches', { timesMs: 'what' }, ['a', 1]);
      await database.delete('batches', ['b', 0]);
    });
    expect(await archive.load('a')).toMatchObject({ damagedBatches: 1, info: { frames: 60 } });
    expect(timesOf((await archive.load('a')).store)).toHaveLength(60);
    expect(await archive.load('b')).toMatchObject({ damagedBatches: 1 });
  });

  it('opens sessions of version 0.1, and accepts edits of them', async () => {
    await archive.list();
    await tamper(async (database) => {
      await database.put('sessions', SESSION_0_1);
      await database.put('batches', BATCH_0_1, [SESSION_0_1.id, 0]);
    });
    expect((await archive.list()).sessions).toMatchObject([{ name: 'Interview', reading: null, people: [] }]);
    const { info, store, damagedBatches } = await archive.load(SESSION_0_1.id);
    expect([info.reading, damagedBatches]).toEqual([null, 0]);
    expect([...store.framesFrom(0)]).toMatchObject([
      { timestampMs: 40, sample: 0, number: 0, leftOut: null, faces: [{ track: 1, label: 'happy', confidence: 0.75, uncertain: false, concerns: [], score: NaN }], skipped: [] },
      {
        ...{ timestampMs: 80, sample: 1, leftOut: null },
        faces: [{ label: 'sad', confidence: 0.5, uncertain: true, concerns: [{ kind: 'turned', value: 55 }, { kind: 'cut-off', value: 0.25 }] }],
        skipped: [{ track: 2, reason: 'face-too-small' }],
      },
      { timestampMs: 120, sample: 2, faces: [], skipped: [] },
    ]);
    await archive.editPeople(SESSION_0_1.id, () => [{ kind: 'name', person: 1, name: 'Anna' }]);
    expect((await archive.load(SESSION_0_1.id)).info.people).toHaveLength(1);
  });

  it('stores the account of a reading, completes an older one, and shows the session without it if it is damaged', async () => {
    await save(archive, 'b', { reading: { ...ACCOUNT, sensitivity: undefined } as unknown as typeof ACCOUNT });
    expect((await archive.load('b')).info.reading).toEqual({ ...ACCOUNT, sensitivity: null });
    await save(archive, 'a', { reading: ACCOUNT });
    expect((await archive.load('a')).info.reading).toEqual(ACCOUNT);
    await tamper(async (database) => {
      await database.put('sessions', { ...((await database.get('sessions', 'a')) as object), reading: { ...ACCOUNT, framesRead: 'all' } });
    });
    expect((await archive.load('a')).info.reading).toBeNull();
  });

  it('lists damaged sessions separately, and can delete them', async () => {
    await save(archive, 'a');
    await tamper((database) => database.put('sessions', { id: 'x', name: 7 }));
    const { sessions, damaged } = await archive.list();
    expect([sessions.length, damaged]).toEqual([1, ['x']]);
    await expect(archive.load('x')).rejects.toMatchObject({ kind: 'storage', reason: 'damaged' });
    await archive.delete(damaged);
    expect((await archive.list()).damaged).toEqual([]);
  });

  it('finds interrupted recordings', async () => {
    await save(archive, 'a', { state: 'complete' });
    await save(archive, 'b', { kind: 'webcam', reading: { ...ACCOUNT, ending: 'complete' }, state: 'open' });
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
    expect((await archive.interrupted()).map(({ id }) => id)).toEqual(['b']);
    await archive.complete('b');
    expect([await archive.interrupted(), (await archive.load('b')).info.reading?.ending]).toEqual([[], 'stopped']);
  });

  it('reports changes, in other tabs too', async () => {
    const other = new SessionArchive();
    const heard = new Promise<void>((resolve) => other.subscribe(resolve));
    await save(archive, 'a');
    await heard;
    await other.close();
  });

  it('makes way for a newer version, and reports this from then on', async () => {
    await save(archive, 'a');
    const newer = await openDB(DATABASE_NAME, 2);
    await expect(archive.list()).rejects.toMatchObject({ kind: 'storage', reason: 'outdated' });
    newer.close();
  });

  it('reports an older tab that blocks an upgrade', async () => {
    await deleteDB(DATABASE_NAME);
    const older = await openDB(DATABASE_NAME, 1);
    const opening = vi.spyOn(indexedDB, 'open').mockImplementation((name) => IDBFactory.prototype.open.call(indexedDB, name, 2));
    await expect(archive.list()).rejects.toMatchObject({ kind: 'storage', reason: 'blocked' });
    opening.mockRestore();
    older.close();
  });

  it('reports denied storage, and retries on the next call', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
      throw new DOMException('denied by the test', 'SecurityError');
    });
    await expect(archive.list()).rejects.toMatchObject({ kind: 'storage', reason: 'denied' });
    expect((await archive.list()).sessions).toEqual([]);
  });

  it('stops loading when aborted', async () => {
    await save(archive, 'a');
    const stop = new AbortController();
    stop.abort();
    await expect(archive.load('a', { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('SessionRecorder', () => {
  const next = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));
  const frameNow = () => frameOf(performance.now(), classifiedFace(1, 'happy'));

  it('is on disk within a second while recording', async () => {
    const recorder = new SessionRecorder(() => Promise.resolve(archive));
    recorder.start('Talk', MODEL, LIVE);
    const startedMs = performance.now();
    while (performance.now() - startedMs < 1300) {
      recorder.add(frameNow(), LIVE);
      await next();
    }
    // As after a crash: the recording has not been ended.
    const { store, info } = await archive.load(recorder.getSnapshot().id ?? '');
    expect(info).toMatchObject({ state: 'open', name: 'Talk', frame: { width: 640, height: 480 } });
    expect(performance.now() - startedMs - (store.getSnapshot().newestMs ?? 0)).toBeLessThan(1000);
    await recorder.stop();
  });

  it('ignores frames from before its start, and keeps markers with their notes', async () => {
    const recorder = new SessionRecorder(() => Promise.resolve(archive));
    expect(recorder.mark()).toBeNull();
    recorder.start('Talk', MODEL, LIVE);
    recorder.add(frameOf(performance.now() - 1000, classifiedFace(1, 'sad')), LIVE);
    recorder.add(frameNow(), LIVE);
    recorder.leaveOut([performance.now()], 'failed');
    const marker = recorder.mark();
    recorder.note(marker?.atMs ?? 0, 'Smiles');
    const finished = await recorder.stop();
    expect(finished).toMatchObject({ saved: true, info: { frames: 1, skippedFrames: 1, state: 'complete', markers: [{ note: 'Smiles' }] } });
    expect(finished?.info.reading).toMatchObject({
      ...{ source: { name: 'Front camera', width: 640, height: 480 }, rateAsked: 'every', framesAsked: 2, framesRead: 1 },
      ...{ framesLeftOut: [{ reason: 'failed', count: 1 }], ending: 'complete', search: 'fast', smoothingMs: 250, sensitivity: 'eager' },
    });
    const { info, store } = await archive.load(finished?.info.id ?? '');
    expect(info.markers).toEqual([{ atMs: marker?.atMs, note: 'Smiles' }]);
    expect(timesOf(store)).toEqual(timesOf(finished?.store ?? new ObservationStore()));
    recorder.dismiss();
    expect((await archive.list()).sessions).toHaveLength(1);
  });

  it('continues in memory if writing fails, reports it, and saves everything later', async () => {
    let denied = true;
    const recorder = new SessionRecorder(() =>
      denied ? Promise.reject(new MienError('storage', 'full')) : Promise.resolve(archive),
    );
    recorder.start('Talk', MODEL, LIVE);
    recorder.add(frameNow(), LIVE);
    await next();
    expect(recorder.getSnapshot().trouble).toMatchObject({ reason: 'full' });
    recorder.add(frameNow(), LIVE);
    const finished = await recorder.stop();
    expect(finished).toMatchObject({ saved: false, info: { frames: 2 } });
    recorder.start('Another', MODEL, LIVE);
    expect(recorder.getSnapshot()).toMatchObject({ phase: 'idle', finished: { saved: false } });
    denied = false;
    await recorder.save();
    expect(recorder.getSnapshot()).toMatchObject({ trouble: null, finished: { saved: true } });
    expect(timesOf((await archive.load(finished?.info.id ?? '')).store)).toHaveLength(2);
  });

  it('writes everything again if it was deleted in the meantime', async () => {
    const recorder = new SessionRecorder(() => Promise.resolve(archive));
    recorder.start('Talk', MODEL, LIVE);
    recorder.add(frameNow(), LIVE);
    recorder.flush();
    await next(50);
    await archive.delete([recorder.getSnapshot().id ?? '']);
    recorder.add(frameNow(), LIVE);
    recorder.flush();
    await next(50);
    recorder.add(frameNow(), LIVE);
    const finished = await recorder.stop();
    expect(finished?.saved).toBe(true);
    expect(timesOf((await archive.load(finished?.info.id ?? '')).store)).toHaveLength(3);
  });
});
