import { expect, it } from 'vitest';
import { keepPath, pathOf } from './file-path';

it('is the path in what was dropped or chosen, else the name', () => {
  const dropped = new File(['x'], 'a.jpg');
  keepPath(dropped, 'album/deeper/a.jpg');
  const chosen = Object.defineProperty(new File(['x'], 'a.jpg'), 'webkitRelativePath', { value: 'album/a.jpg' });
  const single = Object.defineProperty(new File(['x'], 'a.jpg'), 'webkitRelativePath', { value: '' });
  expect([dropped, chosen, single].map(pathOf)).toEqual(['album/deeper/a.jpg', 'album/a.jpg', 'a.jpg']);
});
