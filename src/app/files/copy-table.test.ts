import { expect, it } from 'vitest';
import { clipboardTable } from './copy-table';

it('keeps each field in its cell, whatever it contains', () => {
  expect(clipboardTable([['file', 'note'], ['a, b.jpg', 'x\ty\r\n<b> & c']])).toEqual({
    text: 'file\tnote\na, b.jpg\tx y <b> & c',
    html: '<table><tr><td>file</td><td>note</td></tr><tr><td>a, b.jpg</td><td>x\ty\r\n&lt;b> &amp; c</td></tr></table>',
  });
});
