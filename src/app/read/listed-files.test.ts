import { expect, it } from 'vitest';
import { keepPath, pathOf } from '../files/file-path';
import { sortOutListed } from './listed-files';

function fileAt(path: string, content = 'x', lastModified = 7): File {
  const file = new File([content], path.slice(path.lastIndexOf('/') + 1), { lastModified });
  if (path.includes('/')) keepPath(file, path);
  return file;
}

const listed = (...paths: string[]) => paths.map((path) => ({ path, file: fileAt(path) }));
const sorted = (paths: string[], files: File[]) => {
  const { known, fresh } = sortOutListed(listed(...paths), files);
  return { known: known.map(({ path }) => path), fresh: fresh.map(pathOf) };
};

it('recognises a listed file, but none of another size or date', () => {
  expect(sorted(['a.jpg'], [fileAt('a.jpg'), fileAt('b.jpg')])).toEqual({ known: ['a.jpg'], fresh: ['b.jpg'] });
  expect(sorted(['a.jpg'], [fileAt('a.jpg', 'longer')])).toEqual({ known: [], fresh: ['a.jpg'] });
  expect(sorted(['a.jpg'], [fileAt('a.jpg', 'x', 8)])).toEqual({ known: [], fresh: ['a.jpg'] });
});

it('distinguishes copies in different folders, but not a copy without a folder', () => {
  expect(sorted(['one/a.jpg'], [fileAt('two/a.jpg')])).toEqual({ known: [], fresh: ['two/a.jpg'] });
  expect(sorted(['one/a.jpg'], [fileAt('a.jpg')])).toEqual({ known: ['one/a.jpg'], fresh: [] });
  expect(sorted(['one/a.jpg'], [fileAt('all/one/a.jpg')])).toEqual({ known: ['one/a.jpg'], fresh: [] });
});

it('matches a listed file once, preferably by its folder', () => {
  expect(sorted(['a.jpg'], [fileAt('one/a.jpg'), fileAt('two/a.jpg')])).toEqual({ known: ['a.jpg'], fresh: ['two/a.jpg'] });
  expect(sorted(['one/a.jpg', 'two/a.jpg'], [fileAt('two/a.jpg'), fileAt('one/a.jpg')])).toEqual({ known: ['two/a.jpg', 'one/a.jpg'], fresh: [] });
});
