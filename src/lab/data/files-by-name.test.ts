import { describe, expect, it } from 'vitest';
import { FilesByName } from './files-by-name';

/** Finds each name, given that the tables contain no other names. */
function found(paths: readonly string[], ...names: readonly string[]): (string | null)[] {
  const files = new FilesByName(paths);
  files.tell(names);
  return names.map((name) => files.find(name));
}

describe('rejects names in other folders', () => {
  it.each([
    ['absolute', ['train/1.jpg'], ['/data/test/1.jpg', '/data/train/1.jpg'], [null, 'train/1.jpg']],
    ['Windows', ['train/1.jpg'], ['C:\\d\\train\\1.jpg', 'C:\\d\\test\\1.jpg'], ['train/1.jpg', null]],
    ['in the parent folder', ['train/1.jpg'], ['../test/1.jpg', '../train/1.jpg'], [null, 'train/1.jpg']],
    ['relative, with files chosen without folders', ['1.jpg'], ['test/1.jpg', 'train/1.jpg'], [null, null]],
    ['a name that is not repeated there', ['train/1.jpg', 'train/2.jpg'], ['/d/test/2.jpg', '/d/train/1.jpg'], [null, 'train/1.jpg']],
    ['only another part of the set', ['train/1.jpg'], ['/d/test/1.jpg'], [null]],
    ['any other folder if the right one is known', ['anna/1.jpg', 'anna/2.jpg'], ['/d/ben/2.jpg', '/d/anna/1.jpg'], [null, 'anna/1.jpg']],
    ['several folders if the chosen one was renamed', ['mine/1.jpg', 'mine/2.jpg'], ['/d/a/1.jpg', '/d/b/2.jpg'], [null, null]],
    ['everywhere if one name repeats', ['1.jpg', '2.jpg'], ['a/1.jpg', 'b/1.jpg', 'b/2.jpg'], [null, null, null]],
    ['if names of missing files repeat', ['2.jpg', '3.jpg'], ['a/1.jpg', 'b/1.jpg', 'a/2.jpg', 'b/3.jpg'], [null, null, null, null]],
    ['two disks', ['train/1.jpg'], ['/a/train/1.jpg', '/b/train/1.jpg'], [null, null]],
    ['in a deeper folder', ['set/train/1.jpg'], ['/d/test/1.jpg'], [null]],
  ])('%s', (_name, paths, names, expected) => {
    expect(found(paths, ...names)).toEqual(expected);
    expect(found(paths, ...names.toReversed())).toEqual(expected.toReversed());
  });
});

it('finds files that were chosen without folders if their names are unique', () => {
  expect(found(['1.jpg', '2.jpg'], 'happy/1.jpg', 'sad/2.jpg', 'sad/3.jpg')).toEqual(['1.jpg', '2.jpg', null]);
});

it('finds one file by several spellings of its path', () => {
  expect(found(['set/a/1.jpg'], 'a/1.jpg', '1.jpg', '1', 'A/1.JPG', '/x/set/a/1.jpg')).toEqual(Array.from({ length: 5 }, () => 'set/a/1.jpg'));
});

it('distinguishes names that differ only in their extensions', () => {
  expect(found(['a.jpg'], 'a.png', 'a.jpg')).toEqual([null, 'a.jpg']);
  expect(found(['a.jpg'], 'a.png', 'a.gif')).toEqual([null, null]);
  expect(found(['a.jpg'], 'a.png')).toEqual(['a.jpg']);
});

it('finds aligned pictures by their own names and by the original ones', () => {
  const path = 'aligned/train_1_aligned.jpg';
  expect(found([path], 'train_1_aligned', 'train_1_aligned.jpg', 'train_1', 'train_1.jpg')).toEqual([path, path, path, path]);
  expect(found([path], 'train_1_aligned.png')).toEqual([path]);
  expect(found([path, 'original/train_1.jpg'], 'train_1', 'train_1_aligned')).toEqual(['original/train_1.jpg', path]);
  expect(found(['original/train_1.jpg'], 'train_1_aligned.jpg')).toEqual([null]);
});
