import { beforeEach, expect, it, vi } from 'vitest';

/** Simulates a reload: module state is lost, session storage stays. */
async function reloaded() {
  vi.resetModules();
  return import('./lost-folders');
}

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});

it('lists folders whose search was interrupted, until they are searched again', async () => {
  (await reloaded()).noteSearch(['Monday', 'Tuesday']);
  const { lostFolders, noteSearch } = await reloaded();
  expect(lostFolders.getSnapshot()).toEqual(['Monday', 'Tuesday']);
  noteSearch(['Monday'])();
  expect(lostFolders.getSnapshot()).toEqual(['Tuesday']);
  expect((await reloaded()).lostFolders.getSnapshot()).toEqual(['Tuesday']);
});

it('keeps the names of one search when another ends', async () => {
  const { noteSearch } = await reloaded();
  const end = noteSearch(['Monday']);
  noteSearch(['Tuesday']);
  end();
  expect((await reloaded()).lostFolders.getSnapshot()).toEqual(['Tuesday']);
});

it('lists no folder whose files were listed, and none that was dismissed', async () => {
  (await reloaded()).noteSearch(['Monday'])();
  (await reloaded()).noteSearch(['Sunday']);
  const chosen = await reloaded();
  chosen.foundFolders(['Sunday', 'other']);
  const page = await reloaded();
  expect(page.lostFolders.getSnapshot()).toEqual([]);
  page.noteSearch(['Monday']);
  const next = await reloaded();
  next.dismissLostFolders();
  expect([next.lostFolders.getSnapshot(), (await reloaded()).lostFolders.getSnapshot()]).toEqual([[], []]);
});
