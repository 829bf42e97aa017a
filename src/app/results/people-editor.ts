import { MienError } from '../../engine/errors';
import { SerialQueue } from '../../engine/serial-queue';
import { Store } from '../../engine/store';
import { PeopleAssignment, type PeopleEdit, type PeopleEdits } from '../../session/people-edits';
import { pageArchive } from '../archive';

export interface PeopleEditing {
  readonly edits: PeopleEdits;
  /** Assignment of tracks to people that results from the edits. */
  readonly assignment: PeopleAssignment;
  /** The newest edit, until undone or dismissed; null if none. */
  readonly newest: PeopleEdit | null;
  /** Error of the last save; null if it succeeded. */
  readonly trouble: MienError | null;
}

/** Edits the people of one session by hand, with undo. Every edit is saved immediately. */
export class PeopleEditor {
  readonly #editing: Store<PeopleEditing>;
  readonly #save: (edits: PeopleEdits) => Promise<void>;
  readonly #saving = new SerialQueue();

  constructor(edits: PeopleEdits, save: (edits: PeopleEdits) => Promise<void>) {
    this.#editing = new Store({ edits, assignment: PeopleAssignment.of(edits), newest: null, trouble: null });
    this.#save = save;
  }

  get subscribe() {
    return this.#editing.subscribe;
  }

  get getSnapshot() {
    return this.#editing.getSnapshot;
  }

  add(edit: PeopleEdit): void {
    this.#change([...this.getSnapshot().edits, edit], edit);
  }

  /** Undoes the last edit. */
  undo(): void {
    this.#change(this.getSnapshot().edits.slice(0, -1), null);
  }

  /** Dismisses the notice of the newest edit; the edit stays. */
  dismiss(): void {
    this.#editing.update({ newest: null });
  }

  #change(edits: PeopleEdits, newest: PeopleEdit | null): void {
    this.#editing.update({ edits, assignment: PeopleAssignment.of(edits), newest });
    // In sequence, so that the last edit ends up on disk.
    this.#saving.add(() => this.#save(this.getSnapshot().edits)).then(
      () => this.#editing.update({ trouble: null }),
      (error: unknown) => this.#editing.update({ trouble: MienError.from(error) }),
    );
  }
}

/** Editors of all sessions viewed; a few bytes each. */
const editors = new Map<string, PeopleEditor>();

/**
 * The page's editor of a session, shared by Read and the Library.
 *
 * @param edits as stored; used by the first call.
 */
export function peopleEditorOf(sessionId: string, edits: PeopleEdits): PeopleEditor {
  let editor = editors.get(sessionId);
  if (!editor) {
    editor = new PeopleEditor(edits, async (changed) => (await pageArchive()).editPeople(sessionId, changed));
    editors.set(sessionId, editor);
  }
  return editor;
}
