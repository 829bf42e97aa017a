import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { recallBatchView, rememberBatchView, WHOLE_BATCH, type BatchView } from './batch-view';

const SAD: BatchView = { filter: 'sad', search: 'P07', order: 'faces' };
const PHOTOS = [{ name: 'a.jpg' }, { name: 'b.jpg' }];

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal('sessionStorage', { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value) });
});
afterEach(() => void vi.unstubAllGlobals());

it('is the same over a reload, and as a whole once others were added', () => {
  expect(recallBatchView(PHOTOS)).toEqual(WHOLE_BATCH);
  rememberBatchView(SAD, PHOTOS);
  expect(recallBatchView(PHOTOS)).toEqual(SAD);
  expect(recallBatchView([...PHOTOS, { name: 'c.jpg' }])).toEqual(WHOLE_BATCH);
});

it('is as a whole where storage is denied, or holds something else', () => {
  sessionStorage.setItem('mien.batch-view', '{"photos": "2 b.jpg", "filter": "bored", "search": 3}');
  expect(recallBatchView(PHOTOS)).toEqual(WHOLE_BATCH);
  vi.stubGlobal('sessionStorage', undefined);
  rememberBatchView(SAD, PHOTOS);
  expect(recallBatchView(PHOTOS)).toEqual(WHOLE_BATCH);
});
