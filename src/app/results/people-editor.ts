import { MienError } from '../../engine/errors';
import { SerialQueue } from '../../engine/serial-queue';
import { Store } from '../../engine/store';
import { isEqual, mergedEdits } from '../../session/concurrent-edits';
import { NO_EDITS, PeopleAssignment, type PeopleEdit, type PeopleEdits } from '../../session/people-edits';
import { splitsApart } from '../../session/splits-apart';
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

/** Saves the edits that result from the stored ones, and returns them. */
type SavePeople = (change: (stored: PeopleEdits) => PeopleEdits) => Promise<PeopleEdits>;

/** Edits the people of one session by hand, with undo. Every edit is saved immediately. */
export class PeopleEditor {
  readonly #editing: Store<PeopleEditing>;
  readonly #save: SavePeople;
  readonly #saving = new SerialQueue();
  /** As last seen on disk. */
  #stored: PeopleEdits;
  /** Undone edits whose saving failed: they may be on disk nevertheless, with a clip that was saved later. */
  #undone = NO_EDITS;
  #savedMs = -Infinity;

  constructor(edits: PeopleEdits, save: SavePeople) {
    this.#editing = new Store({ edits, assignment: PeopleAssignment.of(edits), newest: null, trouble: null });
    this.#stored = edits;
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

  /** Undoes the newest edit, or else the last one. */
  undo(): void {
    const { edits, newest, trouble } = this.getSnapshot();
    // After an edit in another tab, the newest here is not the last.
    const at = newest ? edits.findLastIndex((edit) => isEqual(edit, newest)) : edits.length - 1;
    if (trouble) this.#undone = [...this.#undone, ...edits.filter((_edit, i) => i === at)];
    this.#change(edits.filter((_edit, i) => i !== at), null);
  }

  /**
   * Takes over edits that another tab has stored; keeps own ones that are not saved yet.
   *
   * @param readMs time on `performance.now()` since when they were read: older ones than the last save are ignored.
   */
  adopt(stored: PeopleEdits, readMs = Infinity): void {
    if (readMs <= this.#savedMs) return;
    const { edits, newest } = this.getSnapshot();
    const undone = this.#undone.filter((edit) => ![...edits, ...this.#stored].some((known) => isEqual(known, edit)));
    const base = undone.length > 0 ? [...this.#stored, ...undone] : this.#stored;
    const apart = splitsApart(base, edits, stored);
    const merged = mergedEdits(base, edits.map(apart), stored);
    this.#stored = stored;
    if (!isEqual(merged, edits)) this.#editing.update({ edits: merged, assignment: PeopleAssignment.of(merged), newest: newest && apart(newest) });
  }

  /** Dismisses the notice of the newest edit; the edit stays. */
  dismiss(): void {
    this.#editing.update({ newest: null });
  }

  #change(edits: PeopleEdits, newest: PeopleEdit | null): void {
    this.#editing.update({ edits, assignment: PeopleAssignment.of(edits), newest });
    // In sequence, so that the last edit ends up on disk.
    this.#saving.add(() => this.#write()).then(
      () => this.#editing.update({ trouble: null }),
      (error: unknown) => this.#editing.update({ trouble: MienError.from(error) }),
    );
  }

  async #write(): Promise<void> {
    this.#stored = await this.#save((before) => {
      this.adopt(before);
      return this.getSnapshot().edits;
    });
    this.#undone = NO_EDITS;
    this.#savedMs = performance.now();
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
    editor = new PeopleEditor(edits, async (change) => (await pageArchive()).editPeople(sessionId, change));
    editors.set(sessionId, editor);
  }
  return editor;
}

/** Updates the editor of a session, if there is one, with what was loaded from disk since `readMs`. */
export function adoptPeople(sessionId: string, stored: PeopleEdits, readMs: number): void {
  editors.get(sessionId)?.adopt(stored, readMs);
}
