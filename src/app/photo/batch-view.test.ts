import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { forgetBatchView, recallBatchView, recallPicks, rememberBatchView, WHOLE_BATCH, type BatchView } from './batch-view';

const SAD: BatchView = { filter: 'sad', search: 'P07', order: 'faces' };
const photo = (name: string, lastModified = 1, content = name) => ({ name, file: new File([content], name, { lastModified }), missing: null });
const PHOTOS = [photo('a.jpg'), photo('b.jpg')];

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal('sessionStorage', { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value), removeItem: (key: string) => stored.delete(key) });
});
afterEach(() => void vi.unstubAllGlobals());

it('survives a reload, and shows everything once photos were added', () => {
  expect(recallBatchView(PHOTOS)).toEqual(WHOLE_BATCH);
  rememberBatchView(SAD, PHOTOS);
  expect(recallBatchView(PHOTOS)).toEqual(SAD);
  expect(recallBatchView([...PHOTOS, photo('c.jpg')])).toEqual(WHOLE_BATCH);
});

it('shows everything for different photos of the same number and names', () => {
  rememberBatchView(SAD, PHOTOS);
  expect(recallBatchView([photo('a.jpg', 2), photo('b.jpg', 2)])).toEqual(WHOLE_BATCH);
  expect(recallBatchView([photo('a.jpg'), photo('b.jpg', 1, 'another picture')])).toEqual(WHOLE_BATCH);
  const missing = { ...photo('b.jpg', 3, ''), missing: { bytes: 5, modifiedAtMs: 1 } };
  expect(recallBatchView([photo('a.jpg'), missing])).toEqual(SAD);
});

it('knows over a reload which photos were shown and marked, and of others none', () => {
  const picks = { shown: 1, marked: [0, 1], comparing: true };
  const none = { shown: null, marked: [], comparing: false };
  expect(recallPicks(PHOTOS)).toEqual(none);
  rememberBatchView(SAD, PHOTOS, picks);
  expect(recallPicks(PHOTOS)).toEqual(picks);
  expect(recallPicks([...PHOTOS, photo('c.jpg')])).toEqual(none);
  sessionStorage.setItem('mien.batch-view', '{"photos": "2 5 1 b.jpg", "shown": 2, "marked": [0, "1", 7], "comparing": 1}');
  expect(recallPicks(PHOTOS)).toEqual({ ...none, marked: [0] });
});

it('is forgotten with the batch', () => {
  rememberBatchView(SAD, PHOTOS);
  forgetBatchView();
  expect(recallBatchView(PHOTOS)).toEqual(WHOLE_BATCH);
});

it('shows everything if storage is denied or holds something else', () => {
  sessionStorage.setItem('mien.batch-view', '{"photos": "2 5 1 b.jpg", "filter": "bored", "search": 3}');
  expect(recallBatchView(PHOTOS)).toEqual(WHOLE_BATCH);
  vi.stubGlobal('sessionStorage', undefined);
  rememberBatchView(SAD, PHOTOS);
  expect(recallBatchView(PHOTOS)).toEqual(WHOLE_BATCH);
});

it('writes nothing when only a result has come', () => {
  const writes = vi.spyOn(sessionStorage, 'setItem');
  rememberBatchView(SAD, PHOTOS);
  rememberBatchView(SAD, [...PHOTOS]);
  expect(writes).toHaveBeenCalledTimes(1);
  rememberBatchView(WHOLE_BATCH, PHOTOS);
  expect(writes).toHaveBeenCalledTimes(2);
});
