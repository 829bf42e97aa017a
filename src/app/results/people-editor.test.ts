import { describe, expect, it, vi } from 'vitest';
import { MienError } from '../../engine/errors';
import { NO_EDITS, type PeopleEdit, type PeopleEdits } from '../../session/people-edits';
import { PeopleEditor } from './people-editor';

const MERGE: PeopleEdit = { kind: 'merge', person: 1, other: 2 };
const NAME: PeopleEdit = { kind: 'name', person: 1, name: 'Anna' };
const settled = () => vi.waitFor(() => new Promise((resolve) => setTimeout(resolve)));

describe('PeopleEditor', () => {
  it('saves every edit and undo immediately', async () => {
    const saved: PeopleEdits[] = [];
    const editor = new PeopleEditor(NO_EDITS, (change) => Promise.resolve(saved[saved.push(change(saved.at(-1) ?? NO_EDITS)) - 1] ?? NO_EDITS));
    editor.add(MERGE);
    await settled();
    editor.add(NAME);
    expect(editor.getSnapshot()).toMatchObject({ edits: [MERGE, NAME], newest: NAME, trouble: null });
    expect(editor.getSnapshot().assignment.nameOf(editor.getSnapshot().assignment.personOf(2, 0))).toBe('Anna');
    await settled();
    editor.undo();
    expect(editor.getSnapshot()).toMatchObject({ edits: [MERGE], newest: null });
    await settled();
    expect(saved).toEqual([[MERGE], [MERGE, NAME], [MERGE]]);
  });

  it('continues from saved edits, and undoes them too', () => {
    const editor = new PeopleEditor([MERGE], (change) => Promise.resolve(change([MERGE])));
    expect(editor.getSnapshot().assignment.personOf(2, 0)).toBe(1);
    editor.undo();
    expect(editor.getSnapshot().assignment.personOf(2, 0)).toBe(2);
    editor.undo();
    expect(editor.getSnapshot().edits).toEqual([]);
  });

  it('dismisses the notice and keeps the edit', () => {
    const editor = new PeopleEditor(NO_EDITS, (change) => Promise.resolve(change(NO_EDITS)));
    editor.add(MERGE);
    editor.dismiss();
    expect(editor.getSnapshot()).toMatchObject({ edits: [MERGE], newest: null });
  });

  it('reports that edits could not be saved, and that they later could', async () => {
    const full = new MienError('storage', 'full');
    const save = vi.fn((change: (stored: PeopleEdits) => PeopleEdits) => Promise.resolve(change(NO_EDITS))).mockRejectedValueOnce(full);
    const editor = new PeopleEditor(NO_EDITS, save);
    const listener = vi.fn();
    editor.subscribe(listener);
    editor.add(MERGE);
    await settled();
    expect(editor.getSnapshot()).toMatchObject({ edits: [MERGE], trouble: full });
    editor.add(NAME);
    await settled();
    expect(editor.getSnapshot()).toMatchObject({ edits: [MERGE, NAME], trouble: null });
    expect(listener).toHaveBeenCalledTimes(4);
  });

  it('keeps the edits of two tabs on one session, and undoes only its own', async () => {
    let disk: PeopleEdits = NO_EDITS;
    const tab = () => new PeopleEditor(disk, (change) => Promise.resolve((disk = change(disk))));
    const [one, other] = [tab(), tab()];
    other.add(MERGE);
    await settled();
    one.add(NAME);
    await settled();
    expect(disk).toEqual([MERGE, NAME]);
    expect(one.getSnapshot()).toMatchObject({ edits: [MERGE, NAME], newest: NAME });
    other.undo();
    await settled();
    expect(disk).toEqual([NAME]);
    expect(other.getSnapshot().edits).toEqual([NAME]);
    one.adopt(disk);
    expect(one.getSnapshot().edits).toEqual([NAME]);
    one.undo();
    await settled();
    expect(disk).toEqual([]);
  });

  it('keeps the people apart that two tabs split off under one number', async () => {
    let disk: PeopleEdits = NO_EDITS;
    const tab = () => new PeopleEditor(disk, (change) => Promise.resolve().then(() => (disk = change(disk))));
    const [one, other] = [tab(), tab()];
    const split = (person: number): PeopleEdit => ({ kind: 'split', person, atMs: 500, into: 3 });
    const name: PeopleEdit = { kind: 'name', person: 3, name: 'Bea' };
    other.add(split(2));
    await settled();
    one.add(split(1));
    one.add(name);
    await settled();
    expect(disk).toEqual([split(2), { ...split(1), into: 4 }, { ...name, person: 4 }]);
    const { edits, assignment } = one.getSnapshot();
    expect(edits).toEqual(disk);
    expect([1, 2].map((track) => assignment.personOf(track, 600))).toEqual([4, 3]);
    one.undo();
    await settled();
    expect(disk).toEqual([split(2), { ...split(1), into: 4 }]);
  });

  it('undoes an edit that could not be saved by itself, but was saved with its clip', async () => {
    let disk: PeopleEdits = NO_EDITS;
    const missing = new MienError('storage', 'missing');
    const save = vi.fn((change: (stored: PeopleEdits) => PeopleEdits) => Promise.resolve((disk = change(disk)))).mockRejectedValueOnce(missing);
    const editor = new PeopleEditor(NO_EDITS, save);
    editor.add(NAME);
    await settled();
    disk = [NAME];
    editor.undo();
    await settled();
    expect(disk).toEqual([]);
    expect(editor.getSnapshot()).toMatchObject({ edits: [], trouble: null });
    editor.add(NAME);
    await settled();
    expect(disk).toEqual([NAME]);
  });

  it('shows an edit that was saved while the session was being loaded from before it', async () => {
    const editor = new PeopleEditor([MERGE], (change) => Promise.resolve(change([MERGE])));
    const readMs = performance.now();
    editor.add(NAME);
    await settled();
    editor.adopt([MERGE], readMs);
    expect(editor.getSnapshot().edits).toEqual([MERGE, NAME]);
    editor.adopt([NAME], performance.now());
    expect(editor.getSnapshot().edits).toEqual([NAME]);
  });

  it('loses no edit made while another is being saved', async () => {
    let disk: PeopleEdits = [MERGE];
    const saves: (() => void)[] = [];
    const editor = new PeopleEditor([MERGE], (change) => new Promise((resolve) => saves.push(() => resolve((disk = change(disk))))));
    const again: PeopleEdit = { kind: 'take-in', person: 3 };
    const apart: PeopleEdit = { kind: 'keep-apart', person: 1, other: 4 };
    editor.add(NAME);
    disk = [...disk, apart];
    await settled();
    editor.add(again);
    saves.shift()?.();
    await settled();
    expect(editor.getSnapshot().edits).toEqual([MERGE, apart, NAME, again]);
    saves.shift()?.();
    await settled();
    expect(disk).toEqual([MERGE, apart, NAME, again]);
  });
});
