import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Store } from '../../engine/store';
import { classifiedFace } from '../../session/observation-fixture';
import { keepPath, pathOf } from '../files/file-path';
import { holdTab, type Tab } from '../tab-hold';
import { KeptPhotos, PHOTO_DATABASE, type KeptSession } from './kept-photos';
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
  await new KeptPhotos(session, Promise.resolve(tab)).start();
  return { session, dispatch: session.dispatch, close: tab.letGo };
}

/** Names of all that is kept, whoever shows it. */
async function kept(): Promise<readonly string[]> {
  const database = await openDB(PHOTO_DATABASE);
  const photos = (await database.getAll('photos')) as { readonly path: string }[];
  database.close();
  return photos.map(({ path }) => path).sort();
}

const file = (name: string) => new File([name], name);

beforeEach(() => deleteDB(PHOTO_DATABASE));
afterEach(() => open.splice(0).forEach(({ letGo }) => letGo()));

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
  const result = { frame: { width: 100, height: 100 }, timestampMs: 0, faces: [face], timings: { detectMs: 0, cropMs: 0, classifyMs: 0, totalMs: 0 } };
  const read = { type: 'set-state', id: 1, state: { status: 'done', result, startedAtMs: 0, container: null } } as const;
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
