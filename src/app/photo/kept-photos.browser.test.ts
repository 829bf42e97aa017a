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

/** A tab that is opened now, once its photos are back. */
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

/** What is known of all photos, by key, and the keys of those whose files are stored. */
async function stored(): Promise<{ readonly facts: ReadonlyMap<string, StoredFacts>; readonly files: readonly string[] }> {
  const database = await openDB(PHOTO_DATABASE);
  const [keys, values, files] = await Promise.all([database.getAllKeys('facts'), database.getAll('facts'), database.getAllKeys('photos')]);
  database.close();
  return { facts: new Map(keys.map((key, i) => [key as string, values[i] as StoredFacts])), files: files as string[] };
}

/** Names of all photos whose files are kept, in any tab. */
async function kept(): Promise<readonly string[]> {
  const { facts, files } = await stored();
  return files.map((key) => facts.get(key)?.path ?? '').sort();
}

async function factsOf(path: string): Promise<StoredFacts | undefined> {
  return [...(await stored()).facts.values()].find((facts) => facts.path === path);
}

/** As if the page had gone before the file was stored. */
async function forgetFile(path: string): Promise<void> {
  const key = [...(await stored()).facts].find(([, facts]) => facts.path === path)?.[0];
  const database = await openDB(PHOTO_DATABASE);
  await database.delete('photos', key ?? '');
  database.close();
}

const RESULT = { frame: { width: 100, height: 100 }, timestampMs: 0, faces: [], timings: { detectMs: 0, cropMs: 0, classifyMs: 0, totalMs: 0 } };
const READ_BY = { model: { id: 'mien-s', version: '1.0.0', sha256: 'abc' }, backend: 'wasm' } as const;
const DONE = { type: 'set-state', id: 1, state: { status: 'done', result: RESULT, startedAtMs: 0, container: null, readBy: READ_BY } } as const;
const file = (name: string) => new File([name], name);

beforeEach(() => deleteDB(PHOTO_DATABASE));
afterEach(() => {
  vi.restoreAllMocks();
  open.splice(0).forEach(({ letGo }) => letGo());
});

it('brings back what was there, in its order and with its folders, until it is removed', async () => {
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

it('puts what comes back before what was added meanwhile, which stays selected', async () => {
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

it('neither takes nor removes what another open tab shows, and takes it once that is closed', async () => {
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

it('keeps what was said to be no face', async () => {
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

it('keeps what was read, and small pictures, so that a batch goes on where it was', async () => {
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

it('misses by name what was not stored in time, and takes it when it is chosen again', async () => {
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

it('tells how many are not kept where the browser takes some files only, until they are removed', async () => {
  const put = Reflect.get<IDBObjectStore, 'put'>(IDBObjectStore.prototype, 'put');
  // As WebKit does in a private window.
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
