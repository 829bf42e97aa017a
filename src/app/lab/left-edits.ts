import type { FaceEdit } from './data-channel';

const KEY = 'mien-lab-edits';

interface Left {
  /** Of the data set. */
  readonly id: string;
  readonly edit: FaceEdit;
}

/** Edits that a page could not write before it went: a database takes longer than a page that is closed or reloaded has. */
export class LeftEdits {
  #left: Left | null = null;

  constructor() {
    if ('addEventListener' in globalThis) globalThis.addEventListener('pagehide', () => this.leave());
  }

  /** @param id null: nothing of the data set is kept. */
  add(id: string | null, edit: FaceEdit): void {
    if (id !== null) this.#left = { id, edit: [...(this.#left?.id === id ? this.#left.edit : []), ...edit] };
  }

  /** All of them are written, or are to be written no more. */
  clear(): void {
    if (this.#left === null) return;
    this.#left = null;
    // A page that came back from the browser's cache had left them.
    inStorage((storage) => storage.removeItem(KEY));
  }

  leave(): void {
    const left = this.#left;
    if (left) inStorage((storage) => storage.setItem(KEY, JSON.stringify(left)));
  }

  /** What an earlier page left of a data set, once. */
  take(id: string | null): FaceEdit {
    const text = inStorage((storage) => {
      const found = storage.getItem(KEY);
      storage.removeItem(KEY);
      return found;
    });
    if (!text) return [];
    const left = JSON.parse(text) as Left;
    return left.id === id ? left.edit : [];
  }
}

/** A browser may forbid it, or have no room. */
function inStorage<T>(work: (storage: Storage) => T): T | null {
  try {
    return work(localStorage);
  } catch {
    return null;
  }
}
