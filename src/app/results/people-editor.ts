import { MienError } from '../../engine/errors';
import { SerialQueue } from '../../engine/serial-queue';
import { Store } from '../../engine/store';
import { PeopleAssignment, type PeopleEdit, type PeopleEdits } from '../../session/people-edits';
import { pageArchive } from '../archive';

export interface PeopleEditing {
  readonly edits: PeopleEdits;
  /** Who is who by these. */
  readonly assignment: PeopleAssignment;
  /** The newest edit, until it is undone or its notice is dismissed; null if none. */
  readonly newest: PeopleEdit | null;
  /** Why the edits could not be written to disk; null if they are there. */
  readonly trouble: MienError | null;
}

/** Edits the people of one session by hand, with undo. Every edit is saved at once. */
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

  /** Takes the last edit back. */
  undo(): void {
    this.#change(this.getSnapshot().edits.slice(0, -1), null);
  }

  /** Puts the notice of the newest edit away; the edit stays. */
  dismiss(): void {
    this.#editing.update({ newest: null });
  }

  #change(edits: PeopleEdits, newest: PeopleEdit | null): void {
    this.#editing.update({ edits, assignment: PeopleAssignment.of(edits), newest });
    // Serial, so that the last edit is the one on disk.
    this.#saving.add(() => this.#save(this.getSnapshot().edits)).then(
      () => this.#editing.update({ trouble: null }),
      (error: unknown) => this.#editing.update({ trouble: MienError.from(error) }),
    );
  }
}

/** One for each session that was looked at: a few bytes each. */
const editors = new Map<string, PeopleEditor>();

/**
 * The page's editor of a session: the video and the sessions tab share it.
 *
 * @param edits as they are on disk, for the first call.
 */
export function peopleEditorOf(sessionId: string, edits: PeopleEdits): PeopleEditor {
  let editor = editors.get(sessionId);
  if (!editor) {
    editor = new PeopleEditor(edits, async (changed) => (await pageArchive()).editPeople(sessionId, changed));
    editors.set(sessionId, editor);
  }
  return editor;
}
