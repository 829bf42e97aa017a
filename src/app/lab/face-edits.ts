import { Store } from '../../engine/store';
import { classWord } from '../../words/class-word';
import { t } from '../../words/i18n';
import { inverseOf, type FaceChange, type FaceEdit } from './data-channel';
import { dataSession, type DataSession } from './data-session';
import type { DataSet } from './data-set';

/** Length of the undo history. */
const MOST = 200;

interface Edit {
  /** Identifies the data set. */
  readonly pixels: DataSet['pixels'];
  /** Edit that undoes this one. */
  readonly inverse: FaceEdit;
  readonly words: string;
}

/** Manual labels and people, with undo. */
export class FaceEdits {
  readonly #session: Pick<DataSession, 'getSnapshot' | 'subscribe' | 'edit'>;
  /** Description of the last edit; null if there is nothing to undo, or its notice was dismissed. */
  readonly #last = new Store<string | null>(null);
  #edits: readonly Edit[] = [];

  constructor(session: Pick<DataSession, 'getSnapshot' | 'subscribe' | 'edit'>) {
    this.#session = session;
    // The edits belong to another data set's faces.
    session.subscribe(() => {
      if (this.#edits.length > 0 && this.#data()?.pixels !== this.#edits.at(-1)?.pixels) this.#forget();
    });
  }

  readonly getSnapshot = () => this.#last.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#last.subscribe(listener);

  /** @param category null: excluded from evaluation and training. */
  label(faces: readonly number[], category: string | null): void {
    const count = faces.length;
    const words = category === null ? t('{count, plural, one {# face} other {# faces}} left out', { count }) : t('{count, plural, one {# face} other {# faces}} labelled {category}', { count, category: classWord(category) });
    this.#edit(faces, { category }, words);
  }

  /** Assigns faces, and all other faces of the people they show, to one person. */
  onePerson(faces: readonly number[], name: string): void {
    const all = this.#data()?.faces ?? [];
    const persons = new Set(faces.flatMap((face) => all[face]?.person ?? []));
    const chosen = new Set(faces);
    const whole = all.flatMap(({ person }, face) => (chosen.has(face) || (person !== null && persons.has(person)) ? [face] : []));
    this.#edit(whole, { person: name }, t('{count, plural, one {# face is} other {# faces are}} {name}', { count: whole.length, name }));
  }

  /** Undoes the last edit. */
  undo(): void {
    const last = this.#edits.at(-1);
    this.#edits = this.#edits.slice(0, -1);
    if (last) this.#session.edit(last.inverse);
    this.#last.set(this.#edits.at(-1)?.words ?? null);
  }

  dismiss(): void {
    this.#last.set(null);
  }

  #forget(): void {
    this.#edits = [];
    this.#last.set(null);
  }

  #edit(faces: readonly number[], change: FaceChange, words: string): void {
    const data = this.#data();
    if (faces.length === 0 || !data) return;
    const edit = [{ faces, change }];
    this.#edits = [...this.#edits.slice(1 - MOST), { pixels: data.pixels, inverse: inverseOf(edit, data.faces), words }];
    this.#session.edit(edit);
    this.#last.set(words);
  }

  #data(): DataSet | null {
    const state = this.#session.getSnapshot();
    return state.status === 'ready' ? state.data : null;
  }
}

export const faceEdits = new FaceEdits(dataSession);
