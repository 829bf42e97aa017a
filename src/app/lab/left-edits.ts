import { gatherChanges, type FaceChange, type FaceEdit } from './data-channel';
import { idToBe } from './data-database';
import type { DataSet } from './data-set';

const KEY = 'mien-lab-edits';

/** What one tab left. */
interface Left {
  readonly tab: string;
  /** Of the data set. */
  readonly id: string;
  readonly edit: FaceEdit;
}

/** Edits that a page could not write before it went: a database takes longer than a page that is closed or reloaded has. */
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
   * All of this tab's are written, or are to be written no more; a page that came back from the browser's cache had left them.
   *
   * @param id of a data set that is written or deleted, with what other tabs left of it; null: none is.
   */
  clear(id: string | null): void {
    this.#unwritten = null;
    changeLeft((left) => left.filter((each) => each.tab !== this.#tab && each.id !== id));
  }

  leave(): void {
    const unwritten = this.#unwritten;
    if (!unwritten) return;
    // Known only now: it may have been written whole for the first time since.
    const own: Left = { tab: this.#tab, id: idToBe(unwritten), edit: lastOfEach(unwritten.edit) };
    changeLeft((left) => [...left.filter(({ tab }) => tab !== own.tab), own]);
  }

  /** What earlier pages left of a data set, once; whatever else they left is of none that is kept. @param id null: nothing is kept. */
  take(id: string | null): FaceEdit {
    const found: FaceEdit[] = [];
    changeLeft((left) => {
      for (const each of left) if (each.id === id) found.push(each.edit);
      return [];
    });
    return found.flat();
  }
}

/** A browser may forbid it, or have no room; and anything may lie there. */
function changeLeft(change: (left: readonly Left[]) => readonly Left[]): void {
  try {
    const text = localStorage.getItem(KEY);
    const before = text === null ? [] : leftIn(text);
    const after = change(before);
    if (after.length > 0) localStorage.setItem(KEY, JSON.stringify(after));
    else if (text !== null) localStorage.removeItem(KEY);
  } catch {
    // Then nothing is left, as before there was anything to leave it in.
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

/** The same in the least room: what each face is in the end. */
function lastOfEach(edit: FaceEdit): FaceEdit {
  const last = new Map<number, FaceChange>();
  for (const { faces, change } of edit) for (const face of faces) last.set(face, { ...last.get(face), ...change });
  return gatherChanges(last);
}
