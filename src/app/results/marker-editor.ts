import { MienError } from '../../engine/errors';
import { SerialQueue } from '../../engine/serial-queue';
import { Store } from '../../engine/store';
import type { Marker } from '../../session/session-info';

/** What was done last, for the words of its undo. */
export type MarkerEdit = 'added' | 'moved' | 'renamed' | 'deleted' | 'imported';

export interface MarkerEditing {
  /** In order of time. */
  readonly markers: readonly Marker[];
  /** The newest edit and how many markers it changed, until it is undone or dismissed; null if none. */
  readonly newest: { readonly edit: MarkerEdit; readonly count: number } | null;
  /** Why the markers could not be written to disk; null if they are there. */
  readonly trouble: MienError | null;
}

/** Edits the markers of one session, with undo. Every edit is saved at once. */
export class MarkerEditor {
  readonly #editing: Store<MarkerEditing>;
  readonly #save: (markers: readonly Marker[]) => Promise<void>;
  #before: readonly Marker[] = [];
  readonly #saving = new SerialQueue();

  constructor(markers: readonly Marker[], save: (markers: readonly Marker[]) => Promise<void>) {
    this.#editing = new Store({ markers, newest: null, trouble: null });
    this.#save = save;
  }

  get subscribe() {
    return this.#editing.subscribe;
  }

  get getSnapshot() {
    return this.#editing.getSnapshot;
  }

  /** Adds markers, of a file or one by hand; one that is there already stays as it is. */
  add(added: readonly Marker[], edit: 'added' | 'imported' = 'added'): void {
    const { markers } = this.getSnapshot();
    const fresh = added.filter(({ atMs, note }) => !markers.some((own) => own.atMs === atMs && own.note === note));
    if (fresh.length > 0) this.#change([...markers, ...fresh], edit, fresh.length);
  }

  move(marker: Marker, atMs: number): void {
    this.#replace(marker, { ...marker, atMs }, 'moved');
  }

  rename(marker: Marker, note: string): void {
    this.#replace(marker, { ...marker, note }, 'renamed');
  }

  delete(marker: Marker): void {
    this.#change(this.getSnapshot().markers.filter((each) => each !== marker), 'deleted');
  }

  /** Takes the newest edit back. */
  undo(): void {
    if (this.getSnapshot().newest === null) return;
    this.#editing.update({ markers: this.#before, newest: null });
    this.#write();
  }

  /** Puts the notice of the newest edit away; the edit stays. */
  dismiss(): void {
    this.#editing.update({ newest: null });
  }

  #replace(marker: Marker, by: Marker, edit: MarkerEdit): void {
    this.#change(this.getSnapshot().markers.map((each) => (each === marker ? by : each)), edit);
  }

  #change(markers: readonly Marker[], edit: MarkerEdit, count = 1): void {
    this.#before = this.getSnapshot().markers;
    this.#editing.update({ markers: markers.toSorted((a, b) => a.atMs - b.atMs), newest: { edit, count } });
    this.#write();
  }

  /** Serial, so that the last edit is the one on disk. */
  #write(): void {
    this.#saving.add(() => this.#save(this.getSnapshot().markers)).then(
      () => this.#editing.update({ trouble: null }),
      (error: unknown) => this.#editing.update({ trouble: MienError.from(error) }),
    );
  }
}
