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
    const editor = new PeopleEditor(NO_EDITS, (edits) => Promise.resolve(void saved.push(edits)));
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
    const editor = new PeopleEditor([MERGE], () => Promise.resolve());
    expect(editor.getSnapshot().assignment.personOf(2, 0)).toBe(1);
    editor.undo();
    expect(editor.getSnapshot().assignment.personOf(2, 0)).toBe(2);
    editor.undo();
    expect(editor.getSnapshot().edits).toEqual([]);
  });

  it('dismisses the notice and keeps the edit', () => {
    const editor = new PeopleEditor(NO_EDITS, () => Promise.resolve());
    editor.add(MERGE);
    editor.dismiss();
    expect(editor.getSnapshot()).toMatchObject({ edits: [MERGE], newest: null });
  });

  it('reports that edits could not be saved, and that they later could', async () => {
    const full = new MienError('storage', 'full');
    const save = vi.fn<() => Promise<void>>().mockRejectedValueOnce(full).mockResolvedValue(undefined);
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
});
