import { expect, it } from 'vitest';
import type { Marker } from '../../session/session-info';
import { MarkerEditor, markerId, typedTime, unknownMarkers } from './marker-editor';

const [A, B, C] = [{ atMs: 1, note: 'a' }, { atMs: 5, note: 'b' }, { atMs: 9, note: 'c' }] as const;

function edited() {
  const saved: (readonly Marker[])[] = [];
  const editor = new MarkerEditor([A, B], (change) => {
    const markers = change(saved.at(-1) ?? [A, B]);
    saved.push(markers);
    return Promise.resolve(markers);
  });
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
  expect(editor.add([A, C], 'imported')).toBe(1);
  expect(editor.add([A, C], 'imported')).toBe(0);
  expect(markers()).toEqual([A, B, C]);
  expect(editor.getSnapshot().newest).toEqual({ edit: 'imported', count: 1, marker: C });
});

it('tells the events of a file that are there already from those at the same time', () => {
  const at5 = { ...B, note: 'other' };
  expect(unknownMarkers([A, { ...B }, at5, C], [A, B])).toEqual([at5, C]);
});

it('tells which marker an edit made or changed, so that it can be shown', () => {
  const { editor } = edited();
  const shown = () => editor.getSnapshot().newest?.marker;
  editor.move(A, 7);
  expect(shown()).toEqual({ atMs: 7, note: 'a' });
  editor.delete(B);
  expect(shown()).toBeNull();
  editor.add([B, C], 'imported');
  expect(shown()).toBeNull();
});

it('keeps the identity of a marker that is moved or renamed, also after an undo', () => {
  const { editor, markers } = edited();
  const [a, b] = [markerId(A), markerId(B)];
  expect(a).not.toBe(b);
  editor.move(A, 7);
  expect(markers().map(markerId)).toEqual([b, a]);
  editor.rename(B, 'later');
  expect(markers().map(markerId)).toEqual([b, a]);
  editor.undo();
  expect(markers().map(markerId)).toEqual([b, a]);
  editor.add([{ ...A }]);
  expect(markers().map(markerId)).toEqual([expect.toSatisfy((id) => id !== a && id !== b), b, a]);
});

it('applies edits of a row that shows an earlier state to the marker as it is now', () => {
  const { editor, markers } = edited();
  editor.rename(A, 'renamed');
  editor.move(A, 7);
  expect(markers()).toEqual([B, { atMs: 7, note: 'renamed' }]);
  editor.delete(A);
  expect(markers()).toEqual([B]);
  // A second press on the deleted row leaves the undo of the first.
  editor.delete(A);
  editor.rename(A, 'gone');
  expect(markers()).toEqual([B]);
  editor.undo();
  expect(markers()).toEqual([B, { atMs: 7, note: 'renamed' }]);
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

it('keeps the edits of two tabs on one session, and undoes only its own', async () => {
  let disk: readonly Marker[] = [A, B];
  const tab = () => new MarkerEditor(disk, (change) => Promise.resolve((disk = change(disk))));
  const [one, other] = [tab(), tab()];
  other.add([C]);
  other.delete(A);
  await expect.poll(() => disk).toEqual([B, C]);
  one.rename(B, 'later');
  await expect.poll(() => disk).toEqual([{ ...B, note: 'later' }, C]);
  expect(one.getSnapshot().markers).toEqual(disk);
  expect(one.getSnapshot().markers.map(markerId)[0]).toBe(markerId(one.getSnapshot().newest?.marker ?? A));
  one.undo();
  await expect.poll(() => disk).toEqual([B, C]);
  expect(one.getSnapshot().markers).toEqual([B, C]);
});

it('keeps equal markers apart when it takes over those of another tab', async () => {
  let disk: readonly Marker[] = [A, { ...A }, B];
  const tab = () => new MarkerEditor([...disk], (change) => Promise.resolve((disk = change(disk))));
  const [one, other] = [tab(), tab()];
  other.add([C]);
  await expect.poll(() => disk.length).toBe(4);
  one.add([{ ...C, note: 'own' }]);
  await expect.poll(() => one.getSnapshot().markers.length).toBe(5);
  expect(new Set(one.getSnapshot().markers.map(markerId)).size).toBe(5);
});

it.each([
  ['-0:01', -1000],
  ['−0:09', -1500],
  ['0:02', 2000],
  ['1:00', 4000],
  ['soon', null],
])('moves a typed %s into a session that begins below 0', (typed, ms) => expect(typedTime(typed, { fromMs: -1500, toMs: 4000 })).toBe(ms));
