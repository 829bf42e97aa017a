import { gatherChanges, type FaceChange, type FaceEdit } from './data-channel';
import { idToBe } from './data-database';
import type { DataSet } from './data-set';

const KEY = 'mien-lab-edits';

/** Edits left by one tab. */
interface Left {
  readonly tab: string;
  /** Id of the data set. */
  readonly id: string;
  readonly edit: FaceEdit;
}

/** Stores edits that a page could not write before it was closed or reloaded, since a database write takes longer than that. */
export class LeftEdits {
  /** Several tabs may be closed at once. */
  readonly #tab = crypto.randomUUID();
  #unwritten: { readonly pixels: DataSet['pixels']; readonly edit: FaceEdit } | null = null;

  constructor() {
    if ('addEventListener' in globalThis) globalThis.addEventListener('pagehide', () => this.leave());
  }

  add({ pixels }: DataSet, edit: FaceEdit): void {
    this.#unwritten = { pixels, edit: [...(this.#unwritten?.pixels === pixels ? this.#unwritten.edit : []), ...edit] };
  }

  /**
   * Clears this tab's unwritten edits, and those that it left before it returned from the back/forward cache.
   *
   * @param id of a data set that was written or deleted: also clears the edits that other tabs left for it; null: no data set.
   */
  clear(id: string | null): void {
    this.#unwritten = null;
    changeLeft((left) => left.filter((each) => each.tab !== this.#tab && each.id !== id));
  }

  leave(): void {
    const unwritten = this.#unwritten;
    if (!unwritten) return;
    // Determined only now, since the data set may have been written in full for the first time.
    const own: Left = { tab: this.#tab, id: idToBe(unwritten), edit: lastOfEach(unwritten.edit) };
    changeLeft((left) => [...left.filter(({ tab }) => tab !== own.tab), own]);
  }

  /**
   * Returns and removes the edits that earlier pages left for a data set; discards all others, whose data sets no longer exist. @param id null: no
   * data set is stored.
   */
  take(id: string | null): FaceEdit {
    const found: FaceEdit[] = [];
    changeLeft((left) => {
      for (const each of left) if (each.id === id) found.push(each.edit);
      return [];
    });
    return found.flat();
  }
}

/** Storage may be forbidden or full, and may contain anything. */
function changeLeft(change: (left: readonly Left[]) => readonly Left[]): void {
  try {
    const text = localStorage.getItem(KEY);
    const before = text === null ? [] : leftIn(text);
    const after = change(before);
    if (after.length > 0) localStorage.setItem(KEY, JSON.stringify(after));
    else if (text !== null) localStorage.removeItem(KEY);
  } catch {
    // Edits are then not left, as if there were no storage.
  }
}

function leftIn(text: string): Left[] {
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.filter(isLeft) : [];
  } catch {
    return [];
  }
}

function isLeft(found: unknown): found is Left {
  return typeof found === 'object' && found !== null && 'tab' in found && 'id' in found && 'edit' in found && Array.isArray(found.edit);
}

/** Compacts an edit to the final state of each face. */
function lastOfEach(edit: FaceEdit): FaceEdit {
  const last = new Map<number, FaceChange>();
  for (const { faces, change } of edit) for (const face of faces) last.set(face, { ...last.get(face), ...change });
  return gatherChanges(last);
}
