import { expect, it, onTestFinished, vi } from 'vitest';
import type { FaceEdit } from './data-channel';
import { idToBe } from './data-database';
import type { DataSet } from './data-set';
import { LeftEdits } from './left-edits';

const KEY = 'mien-lab-edits';
const data = (): DataSet => ({ name: 'one', faces: [], leftOut: [], bursts: [], pixels: { luminance: new Uint8Array(), colors: null } });
const edit = (face: number, category: string | null): FaceEdit => [{ faces: [face], change: { category } }];

function stubStorage(): Map<string, string> {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value), removeItem: (key: string) => kept.delete(key) });
  onTestFinished(() => void vi.unstubAllGlobals());
  return kept;
}

it('leaves the edits of all tabs that close at once, each only once', () => {
  stubStorage();
  const shared = data();
  const [first, second] = [new LeftEdits(), new LeftEdits()];
  first.add(shared, edit(1, 'sad'));
  first.leave();
  second.add(shared, edit(2, 'fear'));
  second.leave();
  // Restored from the back/forward cache, and left again.
  first.add(shared, edit(3, null));
  first.leave();
  expect(new LeftEdits().take(idToBe(shared))).toEqual([...edit(2, 'fear'), ...edit(1, 'sad'), ...edit(3, null)]);
  expect(new LeftEdits().take(idToBe(shared))).toEqual([]);
});

it('leaves no written edits, including those of other tabs', () => {
  const kept = stubStorage();
  const shared = data();
  const [first, second] = [new LeftEdits(), new LeftEdits()];
  first.add(shared, edit(1, 'sad'));
  first.leave();
  second.clear(idToBe(shared));
  expect(kept.size).toBe(0);
});

it('takes no more space than the final state of all faces', () => {
  const kept = stubStorage();
  const left = new LeftEdits();
  const faces = Array.from({ length: 30_000 }, (_, i) => i);
  const shared = data();
  for (const category of ['sad', 'fear', null]) left.add(shared, [{ faces, change: { category } }]);
  left.add(shared, [{ faces, change: { person: 'Anna' } }]);
  left.leave();
  expect(kept.get(KEY)?.length).toBeLessThan(200_000);
  expect(left.take(idToBe(shared))).toEqual([{ faces, change: { category: null, person: 'Anna' } }]);
});

it.each(['null', '{', '[null, 1]', '{"id":"a","edit":[]}'])('ignores invalid storage content: %s', (text) => {
  const kept = stubStorage();
  kept.set(KEY, text);
  expect(new LeftEdits().take('a')).toEqual([]);
  const [left, one] = [new LeftEdits(), data()];
  left.add(one, edit(1, 'sad'));
  left.leave();
  expect(left.take(idToBe(one))).toEqual(edit(1, 'sad'));
});
