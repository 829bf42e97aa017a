import { expect, it } from 'vitest';
import type { Marker } from '../../session/session-info';
import { MarkerEditor } from './marker-editor';

const [A, B, C] = [{ atMs: 1, note: 'a' }, { atMs: 5, note: 'b' }, { atMs: 9, note: 'c' }] as const;

function edited() {
  const saved: (readonly Marker[])[] = [];
  const editor = new MarkerEditor([A, B], (markers) => Promise.resolve(void saved.push(markers)));
  return { editor, saved, markers: () => editor.getSnapshot().markers };
}

it('keeps markers in chronological order through every edit, and undoes the newest', () => {
  const { editor, markers } = edited();
  editor.add([{ atMs: 3, note: '' }]);
  expect(markers().map(({ atMs }) => atMs)).toEqual([1, 3, 5]);
  editor.move(A, 7);
  expect(markers().map(({ note }) => note)).toEqual(['', 'b', 'a']);
  editor.undo();
  expect(markers()).toEqual([A, { atMs: 3, note: '' }, B]);
  editor.rename(B, 'later');
  editor.delete(A);
  expect(markers().map(({ note }) => note)).toEqual(['', 'later']);
  editor.undo();
  editor.undo();
  expect(markers()).toHaveLength(3);
});

it('adds new markers of a file once, and counts them', () => {
  const { editor, markers } = edited();
  editor.add([A, C], 'imported');
  editor.add([A, C], 'imported');
  expect(markers()).toEqual([A, B, C]);
  expect(editor.getSnapshot().newest).toEqual({ edit: 'imported', count: 1 });
});

it('saves the last state, and reports a failure', async () => {
  const { editor, saved } = edited();
  editor.delete(A);
  editor.undo();
  await expect.poll(() => saved.at(-1)).toEqual([A, B]);
  const failing = new MarkerEditor([A], () => Promise.reject(new Error('full')));
  failing.delete(A);
  await expect.poll(() => failing.getSnapshot().trouble?.detail).toContain('full');
});
