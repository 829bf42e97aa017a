import { expect, it } from 'vitest';
import { folderFiles, keepPath, pathOf } from './file-path';

it('is the path within the drop or choice, else the name', () => {
  const dropped = new File(['x'], 'a.jpg');
  keepPath(dropped, 'album/deeper/a.jpg');
  const chosen = Object.defineProperty(new File(['x'], 'a.jpg'), 'webkitRelativePath', { value: 'album/a.jpg' });
  const single = Object.defineProperty(new File(['x'], 'a.jpg'), 'webkitRelativePath', { value: '' });
  expect([dropped, chosen, single].map(pathOf)).toEqual(['album/deeper/a.jpg', 'album/a.jpg', 'a.jpg']);
});

it('lists a folder’s files in natural order, without hidden ones', () => {
  const names = ['P10/a.mp4', 'P2/.DS_Store', 'P2/b.mp4', 'P2/a.mp4', 'Thumbs.db'];
  const files = names.map((path) => {
    const file = new File(['x'], path.split('/').at(-1) ?? '');
    keepPath(file, path);
    return file;
  });
  expect(folderFiles(files).map(pathOf)).toEqual(['P2/a.mp4', 'P2/b.mp4', 'P10/a.mp4']);
});
