import { expect, it } from 'vitest';
import { MienError } from '../../engine/errors';
import { keepPath } from '../files/file-path';
import { recogniseFiles } from './missing-files';
import { EMPTY_QUEUE, reduceQueue, type RestoredPhoto } from './photo-queue';

function fileAt(path: string, content = 'x'): File {
  const file = new File([content], path.slice(path.lastIndexOf('/') + 1), { lastModified: 7 });
  if (path.includes('/')) keepPath(file, path);
  return file;
}

const missing = (path: string): RestoredPhoto => ({
  ...{ file: new File([], 'gone'), name: path, thumbnail: null, notFaces: [], missing: { bytes: 1, modifiedAtMs: 7 } },
  state: { status: 'failed', error: new MienError('image', 'not-stored'), startedAtMs: 0, container: null },
});
const present = (path: string): RestoredPhoto => ({ file: fileAt(path), name: path, thumbnail: null, notFaces: [], missing: null, state: { status: 'waiting' } });

const queueOf = (...photos: RestoredPhoto[]) => reduceQueue(EMPTY_QUEUE, { type: 'restore', photos, shown: null });

it('distinguishes files of one name by their folders, and leaves others', () => {
  const { items } = queueOf(missing('a/same.png'), missing('b/same.png'), present('a/other.png'));
  const [a, b, other, fresh] = [fileAt('a/same.png'), fileAt('b/same.png'), fileAt('a/other.png'), fileAt('a/new.png')];
  expect(recogniseFiles(items, [b, a, other, fresh])).toEqual({ found: new Map([[2, b], [1, a]]), others: [other, fresh] });
});

it('recognises a file chosen without its folder, but none of another size', () => {
  const { items } = queueOf(missing('a/same.png'));
  const bare = fileAt('same.png');
  expect(recogniseFiles(items, [bare]).found).toEqual(new Map([[1, bare]]));
  expect(recogniseFiles(items, [fileAt('same.png', 'longer')]).found.size).toBe(0);
});

it('puts a found file in its photo’s place, to be read', () => {
  const file = fileAt('same.png');
  const queue = reduceQueue(queueOf(missing('a/same.png'), present('b.png')), { type: 'found', files: new Map([[1, file]]) });
  expect(queue.items[0]).toMatchObject({ id: 1, file, name: 'a/same.png', missing: null, state: { status: 'waiting' } });
});
