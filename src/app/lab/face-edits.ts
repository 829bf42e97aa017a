import { Store } from '../../engine/store';
import { classWord } from '../../words/class-word';
import { t } from '../../words/i18n';
import { dataSession, type DataSession } from './data-session';
import type { LabFace } from './data-set';

/** As many edits as are remembered: each costs a reference to every face. */
const MOST = 200;

/** Labels and people that somebody gives to faces by hand, with undo. */
export class FaceEdits {
  readonly #session: Pick<DataSession, 'getSnapshot' | 'edit' | 'putFaces'>;
  /** What was done last, in words; null: nothing that could be undone, or its notice was put away. */
  readonly #last = new Store<string | null>(null);
  #before: { readonly faces: readonly LabFace[]; readonly words: string }[] = [];

  constructor(session: Pick<DataSession, 'getSnapshot' | 'edit' | 'putFaces'>) {
    this.#session = session;
  }

  readonly getSnapshot = () => this.#last.getSnapshot();
  readonly subscribe = (listener: () => void) => this.#last.subscribe(listener);

  /** @param category null: left out of judging and teaching. */
  label(faces: readonly number[], category: string | null): void {
    const count = faces.length;
    const words = category === null ? t('{count, plural, one {# face} other {# faces}} left out', { count }) : t('{count, plural, one {# face} other {# faces}} labelled {category}', { count, category: classWord(category) });
    this.#edit(faces, { category }, words);
  }

  /** Says that faces, and all others of the people whom they show, are one person. */
  onePerson(faces: readonly number[], name: string): void {
    const all = this.#faces();
    const persons = new Set(faces.flatMap((face) => all[face]?.person ?? []));
    const chosen = new Set(faces);
    const whole = all.flatMap(({ person }, face) => (chosen.has(face) || (person !== null && persons.has(person)) ? [face] : []));
    this.#edit(whole, { person: name }, t('{count, plural, one {# face is} other {# faces are}} {name}', { count: whole.length, name }));
  }

  /** Takes the last edit back. */
  undo(): void {
    const before = this.#before.pop();
    if (before) this.#session.putFaces(before.faces);
    this.#last.set(this.#before.at(-1)?.words ?? null);
  }

  dismiss(): void {
    this.#last.set(null);
  }

  /** Forgets the edits of a data set that is gone. */
  forget(): void {
    this.#before = [];
    this.#last.set(null);
  }

  #edit(faces: readonly number[], change: Partial<Pick<LabFace, 'category' | 'person'>>, words: string): void {
    if (faces.length === 0) return;
    this.#before = [...this.#before.slice(1 - MOST), { faces: this.#faces(), words }];
    this.#session.edit(faces, change);
    this.#last.set(words);
  }

  #faces(): readonly LabFace[] {
    const state = this.#session.getSnapshot();
    return state.status === 'ready' ? state.data.faces : [];
  }
}

export const faceEdits = new FaceEdits(dataSession);
