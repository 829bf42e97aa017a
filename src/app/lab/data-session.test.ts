import 'fake-indexeddb/auto';
import { expect, it, onTestFinished, vi } from 'vitest';
import { LUMINANCE_BYTES } from '../../lab/faces';
import { deleteDataSet, readDataSet, writeDataSet } from './data-database';
import { DataSession } from './data-session';
import type { DataSet, LabFace } from './data-set';

const FACES = 4000;
const face = (i: number): LabFace => ({ name: `line ${i}`, label: '3', columns: { usage: 'Training' }, category: 'happy', person: null, concerned: false });
const data = (): DataSet => ({
  name: 'many',
  faces: Array.from({ length: FACES }, (_, i) => face(i)),
  leftOut: [{ name: 'line 9', reason: 'bad-pixels' }],
  bursts: Array.from({ length: FACES }, (_, i) => i),
  pixels: { luminance: new Uint8Array(FACES * LUMINANCE_BYTES), colors: null },
});

async function restored(): Promise<DataSession> {
  await writeDataSet(data());
  const session = new DataSession();
  await session.restore();
  return session;
}

/** Stubs the page's storage and its `pagehide` event for the sessions created in it. */
function stubPage() {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value), removeItem: (key: string) => kept.delete(key) });
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  onTestFinished(() => void vi.unstubAllGlobals());
  return { kept, close: () => page.dispatchEvent(new Event('pagehide')) };
}

function shownCategory(session: DataSession, face: number): string | null | undefined {
  const state = session.getSnapshot();
  return state.status === 'ready' ? state.data.faces[face]?.category : undefined;
}

it('stores the latest labels of thousands of faces', async () => {
  const session = await restored();
  session.edit([{ faces: [7], change: { category: 'sad' } }]);
  session.edit([{ faces: [FACES - 1], change: { category: 'fear' } }]);
  await vi.waitFor(async () => expect((await readDataSet())?.faces[FACES - 1]?.category).toBe('fear'), { timeout: 10_000 });
  const kept = await readDataSet();
  expect([kept?.faces.length, kept?.faces[7]?.category, kept?.faces[8]?.category, kept?.leftOut]).toEqual([FACES, 'sad', 'happy', [{ name: 'line 9', reason: 'bad-pixels' }]]);
});

it('deletes a data set that is removed during a write', async () => {
  const session = await restored();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  session.edit([{ faces: [7], change: { category: 'sad' } }]);
  // The write starts, and takes several tasks.
  vi.runAllTimers();
  vi.useRealTimers();
  session.remove();
  await session.written();
  expect([session.getKeeping().status, await readDataSet()]).toEqual(['none', null]);
});

it('writes a change while other data are being chosen, and shows it after cancellation', async () => {
  const session = await restored();
  session.edit([{ faces: [7], change: { category: 'sad' } }]);
  session.cancel();
  await vi.waitFor(() => expect(shownCategory(session, 7)).toBe('sad'));
  expect((await readDataSet())?.faces[7]?.category).toBe('sad');
});

it('recovers labels left unwritten by a closed page', async () => {
  const { kept, close } = stubPage();
  const session = await restored();
  session.edit([{ faces: [7], change: { category: 'sad' } }]);
  session.edit([{ faces: [8], change: { category: null } }]);
  close();
  const next = new DataSession();
  await next.restore();
  expect([shownCategory(next, 7), shownCategory(next, 8), kept.size]).toEqual(['sad', null, 0]);
  await vi.waitFor(async () => expect((await readDataSet())?.faces[7]?.category).toBe('sad'), { timeout: 10_000 });
  // Written edits are no longer left behind.
  await vi.waitFor(() => expect(next.getKeeping().status).toBe('kept'));
  close();
  await vi.waitFor(() => expect(session.getKeeping().status).toBe('kept'), { timeout: 10_000 });
});

it('recovers labels assigned during a full write, right before the page was closed', async () => {
  const { close } = stubPage();
  const session = await restored();
  session.remove();
  await session.written();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  session.undoRemoval();
  session.edit([{ faces: [7], change: { category: 'sad' } }]);
  vi.useRealTimers();
  await session.written();
  expect((await readDataSet())?.faces[7]?.category).toBe('happy');
  close();
  const next = new DataSession();
  await next.restore();
  expect(shownCategory(next, 7)).toBe('sad');
});

it('leaves no edits of a removed or missing data set behind', async () => {
  const { kept, close } = stubPage();
  const session = await restored();
  session.edit([{ faces: [7], change: { person: 'Anna Schmidt' } }]);
  const removing = new DataSession();
  await removing.restore();
  close();
  expect([...kept.values()].join()).toContain('Anna Schmidt');
  removing.remove();
  expect(kept.size).toBe(0);
  await removing.written();
  close();
  await new DataSession().restore();
  expect(kept.size).toBe(0);
});

it('keeps an unstored data set if choosing other data fails', async () => {
  const session = await restored();
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('', 'QuotaExceededError');
  });
  session.edit([{ faces: [7], change: { category: 'sad' } }]);
  await vi.waitFor(() => expect(session.getKeeping().status).toBe('failed'), { timeout: 10_000 });
  // The fetch fails here.
  await session.chooseDrawn();
  await session.chooseDrawn();
  expect(session.getSnapshot()).toMatchObject({ status: 'failed', canGoBack: true });
  session.cancel();
  expect(session.getSnapshot()).toMatchObject({ status: 'ready', data: { name: 'many' } });
  expect([shownCategory(session, 7), session.getKeeping().status]).toEqual(['sad', 'failed']);
  put.mockRestore();
  session.edit([{ faces: [8], change: { category: 'fear' } }]);
  await vi.waitFor(() => expect(session.getKeeping().status).toBe('kept'), { timeout: 10_000 });
  expect((await readDataSet())?.faces[7]?.category).toBe('sad');
});

it('restores a stored edit if choosing other data fails, and offers nothing to go back to without a data set', async () => {
  const session = await restored();
  session.edit([{ faces: [7], change: { category: 'sad' } }]);
  await session.chooseDrawn();
  await vi.waitFor(async () => expect((await readDataSet())?.faces[7]?.category).toBe('sad'), { timeout: 10_000 });
  session.cancel();
  await vi.waitFor(() => expect(shownCategory(session, 7)).toBe('sad'));
  session.remove();
  await session.chooseDrawn();
  expect(session.getSnapshot()).toMatchObject({ status: 'failed', canGoBack: false });
});

it('stores a change made right after an undone removal', async () => {
  const session = await restored();
  session.remove();
  session.undoRemoval();
  session.edit([{ faces: [7], change: { category: 'sad' } }]);
  await vi.waitFor(() => expect(session.getKeeping().status).toBe('kept'), { timeout: 10_000 });
  expect((await readDataSet())?.faces[7]?.category).toBe('sad');
});

it('reports that nothing is stored after the browser cleared it', async () => {
  const session = await restored();
  await deleteDataSet(null);
  session.edit([{ faces: [7], change: { category: 'sad' } }]);
  await vi.waitFor(() => expect(session.getKeeping().status).toBe('none'), { timeout: 10_000 });
  expect(await readDataSet()).toBeNull();
});
