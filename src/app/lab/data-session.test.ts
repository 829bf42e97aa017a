import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
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

it('keeps the newest labels of thousands of faces', async () => {
  const session = await restored();
  session.edit([7], { category: 'sad' });
  session.edit([FACES - 1], { category: 'fear' });
  await vi.waitFor(async () => expect((await readDataSet())?.faces[FACES - 1]?.category).toBe('fear'), { timeout: 10_000 });
  const kept = await readDataSet();
  expect([kept?.faces.length, kept?.faces[7]?.category, kept?.faces[8]?.category, kept?.leftOut]).toEqual([FACES, 'sad', 'happy', [{ name: 'line 9', reason: 'bad-pixels' }]]);
});

it('has deleted a data set that is removed while a change is being written', async () => {
  const session = await restored();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  session.edit([7], { category: 'sad' });
  // The writing begins, and takes several turns.
  vi.runAllTimers();
  vi.useRealTimers();
  session.remove();
  await session.written();
  expect([session.getKeeping().status, await readDataSet()]).toEqual(['none', null]);
});

it('writes a change though other data are being chosen by then, and shows it again when that is cancelled', async () => {
  const session = await restored();
  session.edit([7], { category: 'sad' });
  session.cancel();
  await vi.waitFor(() => expect(session.getSnapshot().status).toBe('ready'));
  const state = session.getSnapshot();
  expect(state.status === 'ready' && state.data.faces[7]?.category).toBe('sad');
  expect((await readDataSet())?.faces[7]?.category).toBe('sad');
});

it('keeps a change made right after a removal was undone', async () => {
  const session = await restored();
  session.remove();
  session.undoRemoval();
  session.edit([7], { category: 'sad' });
  await vi.waitFor(() => expect(session.getKeeping().status).toBe('kept'), { timeout: 10_000 });
  expect((await readDataSet())?.faces[7]?.category).toBe('sad');
});

it('says that nothing is kept once the browser has cleared it', async () => {
  const session = await restored();
  await deleteDataSet(null);
  session.edit([7], { category: 'sad' });
  await vi.waitFor(() => expect(session.getKeeping().status).toBe('none'), { timeout: 10_000 });
  expect(await readDataSet()).toBeNull();
});
