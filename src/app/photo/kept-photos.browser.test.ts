import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Store } from '../../engine/store';
import { classifiedFace } from '../../session/observation-fixture';
import { keepPath, pathOf } from '../files/file-path';
import { holdTab, type Tab } from '../tab-hold';
import { KeptPhotos, type KeptSession } from './kept-photos';
import { PHOTO_DATABASE } from './photo-database';
import { recogniseFiles } from './missing-files';
import { EMPTY_QUEUE, reduceQueue, type PhotoQueue, type QueueAction } from './photo-queue';

function emptySession(): KeptSession {
  const queue = new Store<PhotoQueue>(EMPTY_QUEUE);
  return { getSnapshot: queue.getSnapshot, subscribe: queue.subscribe, dispatch: (action: QueueAction) => queue.set(reduceQueue(queue.getSnapshot(), action)) };
}

const namesOf = (session: KeptSession) => session.getSnapshot().items.map(({ file }) => pathOf(file));
const open: Tab[] = [];

/** Opens a tab and waits until its photos are restored. */
async function openTab(session = emptySession()) {
  const tab = await holdTab(null);
  open.push(tab);
  const photos = new KeptPhotos(session, () => Promise.resolve(tab));
  await photos.start();
  return { session, dispatch: session.dispatch, close: tab.letGo, unkept: photos.unkept.getSnapshot };
}

interface StoredFacts {
  readonly path: string;
  readonly state: unknown;
}

/** Facts of all photos by key, and the keys of stored files. */
async function stored(): Promise<{ readonly facts: ReadonlyMap<string, StoredFacts>; readonly files: readonly string[] }> {
  const database = await openDB(PHOTO_DATABASE);
  const [keys, values, files] = await Promise.all([database.getAllKeys('facts'), database.getAll('facts'), database.getAllKeys('photos')]);
  database.close();
  return { facts: new Map(keys.map((key, i) => [key as string, values[i] as StoredFacts])), files: files as string[] };
}

/** Names of all photos with a stored file, in any tab. */
async function kept(): Promise<readonly string[]> {
  const { facts, files } = await stored();
  return files.map((key) => facts.get(key)?.path ?? '').sort();
}

async function factsOf(path: string): Promise<StoredFacts | undefined> {
  return [...(await stored()).facts.values()].find((facts) => facts.path === path);
}

/** Simulates a page that closed before the file was stored. */
async function forgetFile(path: string): Promise<void> {
  const key = [...(await stored()).facts].find(([, facts]) => facts.path === path)?.[0];
  const database = await openDB(PHOTO_DATABASE);
  await database.delete('photos', key ?? '');
  database.close();
}

const RESULT = { frame: { width: 100, height: 100 }, timestampMs: 0, faces: [], timings: { detectMs: 0, cropMs: 0, classifyMs: 0, totalMs: 0 }, backends: [] };
const READ_BY = { model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, backend: 'wasm' } as const;
const DONE = { type: 'set-state', id: 1, state: { status: 'done', result: RESULT, startedAtMs: 0, container: null, readBy: READ_BY } } as const;
const file = (name: string) => new File([name], name);

beforeEach(() => deleteDB(PHOTO_DATABASE));
afterEach(() => {
  vi.restoreAllMocks();
  open.splice(0).forEach(({ letGo }) => letGo());
});

it('restores photos in order and with their folders, until they are removed', async () => {
  const first = await openTab();
  const ofFolder = file('b.jpg');
  keepPath(ofFolder, 'album/b.jpg');
  first.dispatch({ type: 'add', files: [file('a.jpg'), ofFolder, file('c.jpg')] });
  await vi.waitFor(async () => expect(await kept()).toHaveLength(3));
  first.close();

  const second = await openTab();
  expect(namesOf(second.session)).toEqual(['a.jpg', 'album/b.jpg', 'c.jpg']);
  second.dispatch({ type: 'remove', ids: [1] });
  await vi.waitFor(async () => expect(await kept()).toEqual(['album/b.jpg', 'c.jpg']));
  second.dispatch({ type: 'undo-removal' });
  await vi.waitFor(async () => expect(await kept()).toHaveLength(3));
  second.dispatch({ type: 'clear' });
  await vi.waitFor(async () => expect(await kept()).toEqual([]));
});

it('puts restored photos before newly added ones, which stay selected', async () => {
  const before = await openTab();
  before.dispatch({ type: 'add', files: [file('a.jpg')] });
  await vi.waitFor(async () => expect(await kept()).toEqual(['a.jpg']));
  before.close();

  const session = emptySession();
  session.dispatch({ type: 'add', files: [file('b.jpg')] });
  await openTab(session);
  expect(namesOf(session)).toEqual(['a.jpg', 'b.jpg']);
  expect(session.getSnapshot().selectedId).toBe(1);
  await vi.waitFor(async () => expect(await kept()).toEqual(['a.jpg', 'b.jpg']));
});

it('leaves the photos of another open tab, and takes them once that tab is closed', async () => {
  const one = await openTab();
  one.dispatch({ type: 'add', files: [file('a.jpg'), file('b.jpg')] });
  await vi.waitFor(async () => expect(await kept()).toHaveLength(2));
  const other = await openTab();
  expect(namesOf(other.session)).toEqual([]);
  other.dispatch({ type: 'add', files: [file('c.jpg')] });
  await vi.waitFor(async () => expect(await kept()).toHaveLength(3));
  other.dispatch({ type: 'clear' });
  await vi.waitFor(async () => expect(await kept()).toEqual(['a.jpg', 'b.jpg']));
  one.close();
  const [third, fourth] = await Promise.all([openTab(), openTab()]);
  expect([...namesOf(third.session), ...namesOf(fourth.session)]).toEqual(['a.jpg', 'b.jpg']);
});

it('restores which faces were marked as no face', async () => {
  const face = classifiedFace(1, 'sad');
  const read = { ...DONE, state: { ...DONE.state, result: { ...RESULT, faces: [face] } } };
  const before = await openTab();
  before.dispatch({ type: 'add', files: [file('a.jpg')] });
  before.dispatch(read);
  before.dispatch({ type: 'not-a-face', id: 1, face });
  await vi.waitFor(async () => expect(await kept()).toEqual(['a.jpg']));
  before.close();
  const { session } = await openTab();
  session.dispatch(read);
  expect(session.getSnapshot().items[0]?.state).toMatchObject({ result: { faces: [] }, notFaces: [face] });
});

it('restores results and thumbnails, so that a batch resumes where it was', async () => {
  const before = await openTab();
  before.dispatch({ type: 'add', files: [file('a.jpg'), file('b.jpg'), file('c.jpg')] });
  const url = URL.createObjectURL(new Blob(['small']));
  before.dispatch({ type: 'set-thumbnail', id: 1, thumbnail: { url, picture: new Blob(['small']) } });
  before.dispatch(DONE);
  before.dispatch({ type: 'set-state', id: 2, state: { status: 'cancelled' } });
  await vi.waitFor(async () => expect(await factsOf('b.jpg')).toMatchObject({ state: { status: 'cancelled' } }));
  before.close();
  const { session } = await openTab();
  const [a, b, c] = session.getSnapshot().items;
  expect(a?.state).toMatchObject({ status: 'done', readBy: READ_BY });
  expect(await a?.thumbnail?.picture.text()).toBe('small');
  expect([b?.state.status, c?.state.status]).toEqual(['cancelled', 'waiting']);
});

it('lists by name the photos that were not stored in time, and accepts their files when chosen again', async () => {
  const before = await openTab();
  const late = new File(['late'], 'late.jpg', { lastModified: 5 });
  keepPath(late, 'album/late.jpg');
  before.dispatch({ type: 'add', files: [file('a.jpg'), late] });
  await vi.waitFor(async () => expect(await kept()).toHaveLength(2));
  before.close();
  await forgetFile('album/late.jpg');

  const { session, dispatch } = await openTab();
  const [, missing] = session.getSnapshot().items;
  expect(missing).toMatchObject({ name: 'album/late.jpg', missing: { bytes: 4, modifiedAtMs: 5 }, state: { status: 'failed', error: { reason: 'not-stored' } } });
  const again = [file('a.jpg'), new File(['late'], 'late.jpg', { lastModified: 5 })];
  const { found } = recogniseFiles(session.getSnapshot().items, again);
  expect(found.size).toBe(1);
  dispatch({ type: 'found', files: found });
  expect(session.getSnapshot().items[1]).toMatchObject({ name: 'album/late.jpg', missing: null, state: { status: 'waiting' } });
  await vi.waitFor(async () => expect(await kept()).toEqual(['a.jpg', 'album/late.jpg']));
});

it('reports how many photos the browser refused to store, until they are removed', async () => {
  const put = Reflect.get<IDBObjectStore, 'put'>(IDBObjectStore.prototype, 'put');
  // As in a private window of WebKit.
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: { readonly file?: File }, key?: IDBValidKey) {
    if (value.file && value.file.name !== 'c.jpg') throw new DOMException('Error preparing Blob/File data to be stored in object store', 'UnknownError');
    return put.call(this, value, key);
  });
  const { dispatch, unkept } = await openTab();
  dispatch({ type: 'add', files: [file('a.jpg'), file('b.jpg'), file('c.jpg')] });
  await vi.waitFor(() => expect(unkept()).toEqual({ reason: 'refused', count: 2 }));
  expect(await kept()).toEqual(['c.jpg']);
  dispatch({ type: 'remove', ids: [1, 2] });
  await vi.waitFor(() => expect(unkept()).toBeNull());
});
