import { describe, expect, it } from 'vitest';
import { FilesByName } from './files-by-name';

/** What each name means, where tables have no others. */
function found(paths: readonly string[], ...names: readonly string[]): (string | null)[] {
  const files = new FilesByName(paths);
  files.tell(names);
  return names.map((name) => files.find(name));
}

describe('a row of another folder gets no picture', () => {
  it.each([
    ['absolute', ['train/1.jpg'], ['/data/test/1.jpg', '/data/train/1.jpg'], [null, 'train/1.jpg']],
    ['of Windows', ['train/1.jpg'], ['C:\\d\\train\\1.jpg', 'C:\\d\\test\\1.jpg'], ['train/1.jpg', null]],
    ['of the folder above', ['train/1.jpg'], ['../test/1.jpg', '../train/1.jpg'], [null, 'train/1.jpg']],
    ['relative, files without folders', ['1.jpg'], ['test/1.jpg', 'train/1.jpg'], [null, null]],
    ['without a name of its own there', ['train/1.jpg', 'train/2.jpg'], ['/d/test/2.jpg', '/d/train/1.jpg'], [null, 'train/1.jpg']],
    ['of another part alone', ['train/1.jpg'], ['/d/test/1.jpg'], [null]],
    ['of any name, where one is known', ['anna/1.jpg', 'anna/2.jpg'], ['/d/ben/2.jpg', '/d/anna/1.jpg'], [null, 'anna/1.jpg']],
    ['of several, where the folder was called otherwise', ['mine/1.jpg', 'mine/2.jpg'], ['/d/a/1.jpg', '/d/b/2.jpg'], [null, null]],
    ['where names repeat in one place, everywhere', ['1.jpg', '2.jpg'], ['a/1.jpg', 'b/1.jpg', 'b/2.jpg'], [null, null, null]],
    ['where names repeat among those that were not chosen', ['2.jpg', '3.jpg'], ['a/1.jpg', 'b/1.jpg', 'a/2.jpg', 'b/3.jpg'], [null, null, null, null]],
    ['of two disks', ['train/1.jpg'], ['/a/train/1.jpg', '/b/train/1.jpg'], [null, null]],
    ['in a deeper folder', ['set/train/1.jpg'], ['/d/test/1.jpg'], [null]],
  ])('%s', (_name, paths, names, expected) => {
    expect(found(paths, ...names)).toEqual(expected);
    expect(found(paths, ...names.toReversed())).toEqual(expected.toReversed());
  });
});

it('finds files chosen without their folders, where no two have one name', () => {
  expect(found(['1.jpg', '2.jpg'], 'happy/1.jpg', 'sad/2.jpg', 'sad/3.jpg')).toEqual(['1.jpg', '2.jpg', null]);
});

it('finds one file by several names that may be one', () => {
  expect(found(['set/a/1.jpg'], 'a/1.jpg', '1.jpg', '1', 'A/1.JPG', '/x/set/a/1.jpg')).toEqual(Array.from({ length: 5 }, () => 'set/a/1.jpg'));
});

it('keeps names of other files apart that differ in their endings alone', () => {
  expect(found(['a.jpg'], 'a.png', 'a.jpg')).toEqual([null, 'a.jpg']);
  expect(found(['a.jpg'], 'a.png', 'a.gif')).toEqual([null, null]);
  expect(found(['a.jpg'], 'a.png')).toEqual(['a.jpg']);
});

it('finds aligned pictures as they are called, and as they were before', () => {
  const path = 'aligned/train_1_aligned.jpg';
  expect(found([path], 'train_1_aligned', 'train_1_aligned.jpg', 'train_1', 'train_1.jpg')).toEqual([path, path, path, path]);
  expect(found([path], 'train_1_aligned.png')).toEqual([path]);
  expect(found([path, 'original/train_1.jpg'], 'train_1', 'train_1_aligned')).toEqual(['original/train_1.jpg', path]);
  expect(found(['original/train_1.jpg'], 'train_1_aligned.jpg')).toEqual([null]);
});
