import { MienError } from '../../engine/errors';
import { SerialQueue } from '../../engine/serial-queue';
import { Store } from '../../engine/store';
import { isEqual, mergedEdits, valueOf } from '../../session/concurrent-edits';
import type { Marker, SessionSpan } from '../../session/session-info';
import { parseSignedClock } from '../../words/parse-clock';

/** The last edit, for its undo message. */
export type MarkerEdit = 'added' | 'moved' | 'renamed' | 'deleted' | 'imported';

export interface MarkerEditing {
  /** In chronological order. */
  readonly markers: readonly Marker[];
  /**
   * The newest edit, the number of markers it changed, and the marker to show if it made or changed a single one; until undone or dismissed.
   * Null if none.
   */
  readonly newest: { readonly edit: MarkerEdit; readonly count: number; readonly marker: Marker | null } | null;
  /** Error of the last save; null if it succeeded. */
  readonly trouble: MienError | null;
}

const ids = new WeakMap<Marker, number>();
let lastId = 0;

/** Identifies a marker among those of the page; stays the same when it is moved or renamed. */
export function markerId(marker: Marker): number {
  const id = ids.get(marker) ?? ++lastId;
  ids.set(marker, id);
  return id;
}

/** Filters out markers that are known, and keeps the order. */
export function unknownMarkers(added: readonly Marker[], known: readonly Marker[]): readonly Marker[] {
  const times = new Set(added.map(({ atMs }) => atMs));
  const same = new Set(known.filter(({ atMs }) => times.has(atMs)).map(({ atMs, note }) => `${atMs} ${note}`));
  return same.size === 0 ? added : added.filter(({ atMs, note }) => !same.has(`${atMs} ${note}`));
}

/** A typed time, moved into the session, ms; null if it is no time. */
export function typedTime(typed: string, { fromMs, toMs }: SessionSpan): number | null {
  const ms = parseSignedClock(typed);
  return ms === null ? null : Math.max(fromMs, Math.min(ms, toMs));
}

/** Saves the markers that result from the stored ones, and returns them. */
type SaveMarkers = (change: (stored: readonly Marker[]) => readonly Marker[]) => Promise<readonly Marker[]>;

/** Edits the markers of one session, with undo. Every edit is saved immediately. */
export class MarkerEditor {
  readonly #editing: Store<MarkerEditing>;
  readonly #save: SaveMarkers;
  #before: readonly Marker[] = [];
  /** As last seen on disk. */
  #stored: readonly Marker[];
  readonly #saving = new SerialQueue();

  constructor(markers: readonly Marker[], save: SaveMarkers) {
    this.#editing = new Store({ markers, newest: null, trouble: null });
    this.#stored = markers;
    this.#save = save;
  }

  get subscribe() {
    return this.#editing.subscribe;
  }

  get getSnapshot() {
    return this.#editing.getSnapshot;
  }

  /** Adds markers, imported or manual. Markers that already exist stay unchanged. Returns the number of new ones. */
  add(added: readonly Marker[], edit: 'added' | 'imported' = 'added'): number {
    const { markers } = this.getSnapshot();
    const fresh = unknownMarkers(added, markers);
    if (fresh.length > 0) this.#change([...markers, ...fresh], edit, fresh.length === 1 ? fresh[0] : undefined, fresh.length);
    return fresh.length;
  }

  move(marker: Marker, atMs: number): void {
    this.#replace(marker, { atMs }, 'moved');
  }

  rename(marker: Marker, note: string): void {
    this.#replace(marker, { note }, 'renamed');
  }

  delete(marker: Marker): void {
    const at = this.#indexOf(marker);
    if (at >= 0) this.#change(this.getSnapshot().markers.toSpliced(at, 1), 'deleted');
  }

  /** Undoes the newest edit. */
  undo(): void {
    if (this.getSnapshot().newest === null) return;
    this.#editing.update({ markers: this.#before, newest: null });
    this.#write();
  }

  /** Dismisses the notice of the newest edit; the edit stays. */
  dismiss(): void {
    this.#editing.update({ newest: null });
  }

  #replace(marker: Marker, change: Partial<Marker>, edit: MarkerEdit): void {
    const { markers } = this.getSnapshot();
    const at = this.#indexOf(marker);
    const current = markers[at];
    if (!current) return;
    const by = { ...current, ...change };
    ids.set(by, markerId(current));
    this.#change(markers.with(at, by), edit, by);
  }

  /** Finds a marker by its id, since a row may still show how it was before an edit; −1 if it was deleted. */
  #indexOf(marker: Marker): number {
    const id = markerId(marker);
    return this.getSnapshot().markers.findIndex((each) => ids.get(each) === id);
  }

  #change(markers: readonly Marker[], edit: MarkerEdit, marker: Marker | null = null, count = 1): void {
    this.#before = this.getSnapshot().markers;
    this.#editing.update({ markers: inOrder(markers), newest: { edit, count, marker } });
    this.#write();
  }

  /** Writes in sequence, so that the last edit ends up on disk. */
  #write(): void {
    this.#saving.add(() => this.#saveChanges()).then(
      () => this.#editing.update({ trouble: null }),
      (error: unknown) => this.#editing.update({ trouble: MienError.from(error) }),
    );
  }

  async #saveChanges(): Promise<void> {
    const { markers } = this.getSnapshot();
    const stored = await this.#save((before) => {
      const merged = mergedEdits(this.#stored, markers, before);
      return merged === markers ? markers : inOrder(merged);
    });
    this.#stored = stored;
    // Another tab may have changed some too.
    if (isEqual(stored, markers)) return;
    const now = this.getSnapshot().markers;
    const rebased = (list: readonly Marker[]) => asKnown(inOrder(mergedEdits(markers, list, stored)), now);
    this.#before = rebased(this.#before);
    this.#editing.update({ markers: rebased(now) });
  }
}

function inOrder(markers: readonly Marker[]): readonly Marker[] {
  return markers.toSorted((a, b) => a.atMs - b.atMs);
}

/** The same list with the markers that are known on the page, each once: they keep their rows. */
function asKnown(markers: readonly Marker[], known: readonly Marker[]): readonly Marker[] {
  const left = new Map<string, Marker[]>();
  for (const marker of known.toReversed()) {
    const same = left.get(valueOf(marker));
    if (same) same.push(marker);
    else left.set(valueOf(marker), [marker]);
  }
  return markers.map((marker) => left.get(valueOf(marker))?.pop() ?? marker);
}
