import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import type { DataMessage } from './data-channel';
import type { DataSet, LabFace } from './data-set';

const face = (i: number): LabFace => ({ name: `${i}.png`, label: '3', columns: {}, category: 'happy', person: null, concerned: false });
const dataSet = (name: string): DataSet => ({ name, faces: [0, 1, 2].map(face), leftOut: [], bursts: [0, 1, 2], pixels: { luminance: new Uint8Array(3 * 48 * 48), colors: null } });

/** Loads the modules again, like another tab; the database and the channel are shared. */
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

it('shows labels from one tab in the other, and stores those of both', async () => {
  const [a, b] = await twoTabs();
  a.session.edit([{ faces: [0], change: { category: 'sad' } }]);
  b.session.edit([{ faces: [1], change: { category: 'fear' } }]);
  await vi.waitFor(() => expect([a.shown(), b.shown()]).toEqual([['sad', 'fear', 'happy'], ['sad', 'fear', 'happy']]));
  await vi.waitFor(async () => expect((await a.readDataSet())?.faces.map(({ category }) => category)).toEqual(['sad', 'fear', 'happy']), { timeout: 5000 });
  // The other tab's write includes the earlier changes.
  b.session.edit([{ faces: [2], change: { category: 'angry' } }]);
  await vi.waitFor(async () => expect((await a.readDataSet())?.faces.map(({ category }) => category)).toEqual(['sad', 'fear', 'angry']), { timeout: 5000 });
});

it('removes the data set from both tabs in spite of pending writes, and restores it in both on undo', async () => {
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

it('restores a data set that another tab deleted, with changes made right after', async () => {
  const [a, b] = await twoTabs();
  a.session.remove();
  await vi.waitFor(() => expect(b.shown()).toBe('empty'));
  b.session.undoRemoval();
  b.session.edit([{ faces: [1], change: { category: 'fear' } }]);
  await vi.waitFor(async () => expect((await a.readDataSet())?.faces.map(({ category }) => category)).toEqual(['happy', 'fear', 'happy']), { timeout: 5000 });
  await vi.waitFor(() => expect([a.shown(), b.session.getKeeping().status]).toEqual([['happy', 'fear', 'happy'], 'kept']));
});

it('reports in one tab that its data set is no longer stored after the other replaced it', async () => {
  const [a] = await twoTabs();
  const other = new BroadcastChannel('mien-lab-data');
  other.postMessage({ id: 'of another data set', kind: 'kept' } satisfies DataMessage);
  await vi.waitFor(() => expect([a.shown(), a.session.getKeeping().status]).toEqual([['happy', 'happy', 'happy'], 'none']));
  other.close();
});

it("restores the data set before a choice, with the other tab's labels, even if that tab has replaced the stored one", async () => {
  const [a, b] = await twoTabs();
  // The fetch fails here.
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

it("offers to undo another tab's deletion of a data set about to be replaced, and no longer goes back to it", async () => {
  const [a, b] = await twoTabs();
  await a.session.chooseDrawn();
  expect(a.session.getSnapshot()).toMatchObject({ status: 'failed', canGoBack: true });
  b.session.remove();
  await vi.waitFor(() => expect(a.session.getSnapshot()).toMatchObject({ status: 'failed', canGoBack: false }));
  expect(a.session.getRemoved()).toMatchObject({ name: 'one' });
  a.session.undoRemoval();
  await vi.waitFor(async () => expect(await b.readDataSet()).toMatchObject({ name: 'one' }));
});
