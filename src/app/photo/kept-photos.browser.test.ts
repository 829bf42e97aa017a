import { deleteDB } from 'idb';
import { beforeEach, expect, it, vi } from 'vitest';
import { Store } from '../../engine/store';
import { keepPath, pathOf } from '../files/file-path';
import { KeptPhotos, PHOTO_DATABASE, type KeptSession } from './kept-photos';
import { EMPTY_QUEUE, reduceQueue, type PhotoQueue, type QueueAction } from './photo-queue';

function openPage(): KeptSession {
  const queue = new Store<PhotoQueue>(EMPTY_QUEUE);
  return { getSnapshot: queue.getSnapshot, subscribe: queue.subscribe, dispatch: (action: QueueAction) => queue.set(reduceQueue(queue.getSnapshot(), action)) };
}

const namesOf = (session: KeptSession) => session.getSnapshot().items.map(({ file }) => pathOf(file));

/** What a page shows that is opened now. */
async function reopened(): Promise<readonly string[]> {
  const session = openPage();
  await new KeptPhotos(session).start();
  return namesOf(session);
}

beforeEach(() => deleteDB(PHOTO_DATABASE));

it('brings back what was there, in its order and with its folders, until it is removed', async () => {
  const page = openPage();
  await new KeptPhotos(page).start();
  const ofFolder = new File(['b'], 'b.jpg');
  keepPath(ofFolder, 'album/b.jpg');
  page.dispatch({ type: 'add', files: [new File(['a'], 'a.jpg'), ofFolder, new File(['c'], 'c.jpg')] });
  await vi.waitFor(async () => expect(await reopened()).toEqual(['a.jpg', 'album/b.jpg', 'c.jpg']));

  page.dispatch({ type: 'remove', ids: [1] });
  await vi.waitFor(async () => expect(await reopened()).toEqual(['album/b.jpg', 'c.jpg']));
  page.dispatch({ type: 'undo-removal' });
  await vi.waitFor(async () => expect(await reopened()).toHaveLength(3));
  page.dispatch({ type: 'clear' });
  await vi.waitFor(async () => expect(await reopened()).toEqual([]));
});

it('puts what comes back before what was added meanwhile, which stays selected', async () => {
  const before = openPage();
  await new KeptPhotos(before).start();
  before.dispatch({ type: 'add', files: [new File(['a'], 'a.jpg')] });
  await vi.waitFor(async () => expect(await reopened()).toEqual(['a.jpg']));

  const page = openPage();
  page.dispatch({ type: 'add', files: [new File(['b'], 'b.jpg')] });
  await new KeptPhotos(page).start();
  expect(namesOf(page)).toEqual(['a.jpg', 'b.jpg']);
  expect(page.getSnapshot().selectedId).toBe(1);
  await vi.waitFor(async () => expect(await reopened()).toEqual(['a.jpg', 'b.jpg']));
});
