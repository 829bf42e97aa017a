import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import type { DataMessage } from './data-channel';
import type { DataSet, LabFace } from './data-set';

const face = (i: number): LabFace => ({ name: `${i}.png`, label: '3', columns: {}, category: 'happy', person: null, concerned: false });
const dataSet = (name: string): DataSet => ({ name, faces: [0, 1, 2].map(face), leftOut: [], bursts: [0, 1, 2], pixels: { luminance: new Uint8Array(3 * 48 * 48), colors: null } });

/** The modules as another tab has them: the database and the channel are shared. */
async function openTab() {
  vi.resetModules();
  const { DataSession } = await import('./data-session');
  const { readDataSet, writeDataSet } = await import('./data-database');
  const session = new DataSession();
  const shown = () => {
    const state = session.getSnapshot();
    return state.status === 'ready' ? state.data.faces.map(({ category }) => category) : state.status;
  };
  return { session, shown, readDataSet, writeDataSet };
}

async function twoTabs() {
  const first = await openTab();
  await first.writeDataSet(dataSet('one'));
  const tabs = [first, await openTab()] as const;
  for (const { session } of tabs) await session.restore();
  return tabs;
}

it('shows the labels of one tab in the other, and keeps those of both', async () => {
  const [a, b] = await twoTabs();
  a.session.edit([{ faces: [0], change: { category: 'sad' } }]);
  b.session.edit([{ faces: [1], change: { category: 'fear' } }]);
  await vi.waitFor(() => expect([a.shown(), b.shown()]).toEqual([['sad', 'fear', 'happy'], ['sad', 'fear', 'happy']]));
  await vi.waitFor(async () => expect((await a.readDataSet())?.faces.map(({ category }) => category)).toEqual(['sad', 'fear', 'happy']), { timeout: 5000 });
  // A change in a tab that had none of its own takes the others' along.
  b.session.edit([{ faces: [2], change: { category: 'angry' } }]);
  await vi.waitFor(async () => expect((await a.readDataSet())?.faces.map(({ category }) => category)).toEqual(['sad', 'fear', 'angry']), { timeout: 5000 });
});

it('is gone from both tabs when one deletes it, whatever was about to be written, and back in both when that is undone', async () => {
  const [a, b] = await twoTabs();
  b.session.edit([{ faces: [1], change: { category: 'fear' } }]);
  await vi.waitFor(() => expect(a.shown()).toEqual(['happy', 'fear', 'happy']));
  a.session.remove();
  await vi.waitFor(() => expect(b.shown()).toBe('empty'));
  expect(b.session.getRemoved()).toMatchObject({ name: 'one' });
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await a.readDataSet()).toBeNull();
  a.session.undoRemoval();
  await vi.waitFor(() => expect(b.shown()).toEqual(['happy', 'fear', 'happy']));
  expect(b.session.getRemoved()).toBeNull();
});

it('brings back what another tab deleted, with what was changed right after', async () => {
  const [a, b] = await twoTabs();
  a.session.remove();
  await vi.waitFor(() => expect(b.shown()).toBe('empty'));
  b.session.undoRemoval();
  b.session.edit([{ faces: [1], change: { category: 'fear' } }]);
  await vi.waitFor(async () => expect((await a.readDataSet())?.faces.map(({ category }) => category)).toEqual(['happy', 'fear', 'happy']), { timeout: 5000 });
  await vi.waitFor(() => expect([a.shown(), b.session.getKeeping().status]).toEqual([['happy', 'fear', 'happy'], 'kept']));
});

it('says in one tab that it is kept no more where the other put its own in its place', async () => {
  const [a] = await twoTabs();
  const other = new BroadcastChannel('mien-lab-data');
  other.postMessage({ id: 'of another data set', kind: 'kept' } satisfies DataMessage);
  await vi.waitFor(() => expect([a.shown(), a.session.getKeeping().status]).toEqual([['happy', 'happy', 'happy'], 'none']));
  other.close();
});

it('goes back to the faces before a choice, with the labels of the other tab, though that put its own in their place meanwhile', async () => {
  const [a, b] = await twoTabs();
  // There is nothing to be fetched here.
  await a.session.chooseDrawn();
  b.session.edit([{ faces: [1], change: { category: 'fear' } }]);
  await vi.waitFor(async () => expect((await a.readDataSet())?.faces[1]?.category).toBe('fear'), { timeout: 5000 });
  const other = new BroadcastChannel('mien-lab-data');
  await b.writeDataSet(dataSet('two'));
  other.postMessage({ id: 'of another data set', kind: 'kept' } satisfies DataMessage);
  await vi.waitFor(() => expect(a.session.getKeeping().status).toBe('none'));
  other.close();
  a.session.cancel();
  expect(a.session.getSnapshot()).toMatchObject({ status: 'ready', data: { name: 'one' } });
  expect(a.shown()).toEqual(['happy', 'fear', 'happy']);
});

it('offers to undo that the other tab deletes what a choice is to replace, and goes back to it no more', async () => {
  const [a, b] = await twoTabs();
  await a.session.chooseDrawn();
  expect(a.session.getSnapshot()).toMatchObject({ status: 'failed', canGoBack: true });
  b.session.remove();
  await vi.waitFor(() => expect(a.session.getSnapshot()).toMatchObject({ status: 'failed', canGoBack: false }));
  expect(a.session.getRemoved()).toMatchObject({ name: 'one' });
  a.session.undoRemoval();
  await vi.waitFor(async () => expect(await b.readDataSet()).toMatchObject({ name: 'one' }));
});
