import { MienError } from '../../engine/errors';
import { log } from '../../engine/log';
import { Store } from '../../engine/store';
import { APP_VERSION } from '../../reading/app-version';
import { alone } from '../../session/held-lock';
import { keepPath, nameIn } from '../files/file-path';
import { openTabs, pageTab, type Tab } from '../tab-hold';
import { recallPicks } from './batch-view';
import { allOf, openPhotoDatabase, type KeptFacts, type KeptFile, type KeptState, type PhotoDatabase, type PhotoOrder } from './photo-database';
import type { Photo, PhotoQueue, QueueAction, RestoredPhoto } from './photo-queue';

/** The part of a photo session that is persisted. */
export interface KeptSession {
  readonly getSnapshot: () => PhotoQueue;
  readonly subscribe: (listener: () => void) => () => void;
  readonly dispatch: (action: QueueAction) => void;
}

/** Photos that cannot be stored and would be lost in a reload. */
export interface Unkept {
  /** `refused`: individual files failed, e.g. deleted from disk, or all of them in a private window of WebKit. */
  readonly reason: 'full' | 'denied' | 'refused';
  readonly count: number;
}

/** A photo's state in the database, including pending writes. */
interface Entry {
  readonly key: string;
  readonly order: PhotoOrder;
  /** The photo as last written; null if never. */
  written: Photo | null;
  /** The stored file; null if none. */
  stored: File | null;
}

/** localStorage key that tells, before the database is open, whether photos will be restored. */
const FLAG = 'mien-photos-kept';
/** Lock held while a tab takes photos, so that no two take the same. */
const TAKING = 'mien-photos-taking';
/** Facts per transaction: few enough for a short task. */
const FACTS_AT_ONCE = 50;
/** Files per transaction: one file each costs ten times as much. */
const FILES_AT_ONCE = 100;
const BYTES_AT_ONCE = 32 << 20;

/**
 * Persists a session's photos and results in the browser until they are removed, and restores those of the last visit:
 * this tab's, and those of closed tabs.
 *
 * Facts are written first: after a reload in the middle of a batch, files that were not stored yet are listed by name.
 */
export class KeptPhotos {
  readonly #session: KeptSession;
  readonly #tab: () => Promise<Tab>;
  readonly #entries = new Map<number, Entry>();
  /** Keys to delete. */
  readonly #removed: string[] = [];
  /** Ids of photos whose files cannot be read or stored. */
  readonly #refused = new Set<number>();
  /** Reason why no more files are stored; `full` is reset when some are deleted. */
  #stopped: 'full' | 'denied' | null = null;
  #working = false;
  /** Whether the session changed since the last write. */
  #changed = false;
  readonly #unkept = new Store<Unkept | null>(null);

  constructor(session: KeptSession, tab: () => Promise<Tab> = pageTab) {
    this.#session = session;
    this.#tab = tab;
  }

  /** Null if everything can be stored. */
  get unkept(): Pick<Store<Unkept | null>, 'getSnapshot' | 'subscribe'> {
    return this.#unkept;
  }

  /** Resolves once the photos of the last visit are restored; none are if storage is unavailable. */
  async start(): Promise<void> {
    try {
      const { id } = await this.#tab();
      const database = await openPhotoDatabase();
      await alone(TAKING, () => this.#restore(database, id));
      const follow = () => this.#follow(database, id);
      this.#session.subscribe(follow);
      follow();
    } catch (error) {
      log.warn(`photos are not kept: ${String(error)}`);
      setFlag(false);
      const tell = () => this.#tellUnkept('denied', this.#session.getSnapshot().items.length);
      this.#session.subscribe(tell);
      tell();
    }
  }

  async #restore(database: PhotoDatabase, tab: string): Promise<void> {
    const open = await openTabs();
    const [files, facts] = [await allOf(database, 'photos'), await allOf(database, 'facts')];
    const taken = Array.from(new Set([...files.keys(), ...facts.keys()]))
      .flatMap((key) => {
        const [held, known] = [files.get(key), facts.get(key)];
        if (known && known.tab !== tab && open?.has(known.tab)) return [];
        const [path, order] = [known?.path ?? held?.path, known?.order ?? held?.order];
        if (path === undefined || order === undefined) return [];
        return [{ key, order, before: known?.path === undefined ? null : known.tab, photo: toPhoto(path, held?.file, known) }];
      })
      .sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1]);
    if (taken.length === 0) return;
    const photos = taken.map(({ photo }) => photo);
    this.#session.dispatch({ type: 'restore', photos, shown: recallPicks(photos).shown });
    const byFile = new Map(this.#session.getSnapshot().items.map((photo) => [photo.file, photo]));
    for (const { key, order, before, photo: { file } } of taken) {
      const photo = byFile.get(file);
      // Facts with another tab's id, or none, are rewritten.
      if (photo) this.#entries.set(photo.id, { key, order, written: before === tab ? photo : null, stored: file });
    }
  }

  #follow(database: PhotoDatabase, tab: string): void {
    const { items } = this.#session.getSnapshot();
    const shown = new Set(items.map(({ id }) => id));
    for (const { id } of items) {
      if (!this.#entries.has(id)) this.#entries.set(id, { key: crypto.randomUUID(), order: [Date.now(), id], written: null, stored: null });
    }
    for (const [id, { key }] of this.#entries) {
      if (shown.has(id)) continue;
      this.#entries.delete(id);
      this.#removed.push(key);
    }
    if (items.length > 0) setFlag(true);
    void this.#work(database, tab);
  }

  /** Writes until nothing is left to write. */
  async #work(database: PhotoDatabase, tab: string): Promise<void> {
    this.#changed = true;
    if (this.#working) return;
    this.#working = true;
    try {
      while (this.#changed) {
        this.#changed = false;
        while (await this.#writeSome(database, tab)) this.#tellFiles();
        // Other tabs may have photos.
        if (this.#session.getSnapshot().items.length === 0) setFlag((await database.count('facts')) > 0);
      }
    } catch (error) {
      log.warn(`photos are no longer kept: ${String(error)}`);
      this.#stopped = 'denied';
    } finally {
      this.#working = false;
      this.#tellFiles();
    }
  }

  async #writeSome(database: PhotoDatabase, tab: string): Promise<boolean> {
    if (this.#removed.length > 0) {
      await removeKeys(database, this.#removed.splice(0, FACTS_AT_ONCE));
      // Deletion may have freed space.
      this.#stopped = null;
      this.#refused.clear();
      return true;
    }
    const photos = this.#session.getSnapshot().items.flatMap((photo) => {
      const entry = this.#entries.get(photo.id);
      return entry ? [{ photo, entry }] : [];
    });
    const unnamed = photos.filter(({ entry }) => entry.written === null).slice(0, FACTS_AT_ONCE);
    if (unnamed.length > 0) {
      await this.#writeFacts(database, tab, unnamed);
      return true;
    }
    const changed = photos.filter(({ photo, entry: { written } }) => written !== null && hasChanged(written, photo)).slice(0, FACTS_AT_ONCE);
    if (changed.length > 0) await this.#writeFacts(database, tab, changed);
    const files = this.#nextFiles(photos);
    if (files.length > 0) await this.#storeFiles(database, files);
    return changed.length > 0 || files.length > 0;
  }

  async #writeFacts(database: PhotoDatabase, tab: string, photos: readonly Known[]): Promise<void> {
    const transaction = database.transaction('facts', 'readwrite');
    const writes = photos.map(({ photo, entry }) => {
      entry.written = photo;
      return transaction.store.put(toFacts(photo, entry.order, tab), entry.key);
    });
    await Promise.all([...writes, transaction.done]).catch((error: unknown) => log.warn(`facts of photos were not kept: ${String(error)}`));
  }

  /** Files to store next, as many as fit one transaction. */
  #nextFiles(photos: readonly Known[]): readonly Known[] {
    if (this.#stopped) return [];
    const files: Known[] = [];
    let bytes = 0;
    for (const known of photos) {
      if (!this.#isUnstored(known)) continue;
      bytes += known.photo.file.size;
      if (files.length > 0 && bytes > BYTES_AT_ONCE) break;
      files.push(known);
      if (files.length === FILES_AT_ONCE) break;
    }
    return files;
  }

  #isUnstored({ photo, entry }: Known): boolean {
    return photo.missing === null && entry.stored !== photo.file && !this.#refused.has(photo.id);
  }

  async #storeFiles(database: PhotoDatabase, photos: readonly Known[]): Promise<void> {
    try {
      const transaction = database.transaction('photos', 'readwrite');
      await Promise.all([...photos.map(({ photo: { file }, entry: { key } }) => transaction.store.put({ file }, key)), transaction.done]);
      for (const { photo, entry } of photos) entry.stored = photo.file;
    } catch (error) {
      const [only, ...others] = photos;
      if (others.length > 0) {
        // Retries each alone, so that one that is too large or gone does not block the others.
        for (const known of photos) if (!this.#stopped) await this.#storeFiles(database, [known]);
      } else if (only) {
        log.warn(`${only.photo.name} was not kept: ${String(error)}`);
        if (error instanceof DOMException && error.name === 'QuotaExceededError') this.#stopped = 'full';
        else this.#refused.add(only.photo.id);
      }
    }
  }

  #tellFiles(): void {
    const isUnkept = ({ id, file, missing }: Photo) => missing === null && this.#entries.get(id)?.stored !== file;
    const unkept = this.#session.getSnapshot().items.filter((photo) => isUnkept(photo) && (this.#stopped !== null || this.#refused.has(photo.id)));
    this.#tellUnkept(this.#stopped ?? 'refused', unkept.length);
  }

  #tellUnkept(reason: Unkept['reason'], count: number): void {
    const before = this.#unkept.getSnapshot();
    if ((before?.count ?? 0) === count && (count === 0 || before?.reason === reason)) return;
    this.#unkept.set(count === 0 ? null : { reason, count });
  }
}

interface Known {
  readonly photo: Photo;
  readonly entry: Entry;
}

/** Persisted part of a photo's state: its result, or that it was cancelled. */
function keptState({ state }: Photo): KeptState | null {
  return state.status === 'done' || state.status === 'cancelled' ? state : null;
}

function hasChanged(before: Photo, now: Photo): boolean {
  return keptState(before) !== keptState(now) || before.notFaces !== now.notFaces || before.thumbnail !== now.thumbnail || before.missing !== now.missing;
}

function toFacts(photo: Photo, order: PhotoOrder, tab: string): KeptFacts {
  const { file, name: path, missing, notFaces, thumbnail } = photo;
  const mark = missing ?? { bytes: file.size, modifiedAtMs: file.lastModified };
  return { tab, path, order, notFaces, ...mark, thumbnail: thumbnail?.picture ?? null, state: keptState(photo), appVersion: APP_VERSION };
}

function toPhoto(path: string, held: KeptFile['file'] | undefined, known: Partial<KeptFacts> = {}): RestoredPhoto {
  const { bytes = 0, modifiedAtMs = 0, notFaces = [], thumbnail, state, appVersion } = known;
  const name = nameIn(path);
  const file = held instanceof File ? held : new File([], name, { lastModified: modifiedAtMs });
  if (path !== file.name) keepPath(file, path);
  const shown = thumbnail instanceof Blob ? { url: URL.createObjectURL(thumbnail), picture: thumbnail } : null;
  const photo = { file, name: path, notFaces, thumbnail: shown };
  if (file !== held) {
    const failed = { status: 'failed', error: new MienError('image', 'not-stored', path), startedAtMs: Date.now(), container: null } as const;
    return { ...photo, missing: { bytes, modifiedAtMs }, state: failed };
  }
  return { ...photo, missing: null, state: state && appVersion === APP_VERSION ? state : { status: 'waiting' } };
}

async function removeKeys(database: PhotoDatabase, keys: readonly string[]): Promise<void> {
  const transaction = database.transaction(['photos', 'facts'], 'readwrite');
  await Promise.all([...keys.flatMap((key) => [transaction.objectStore('photos').delete(key), transaction.objectStore('facts').delete(key)]), transaction.done]);
}

/** Whether photos of the last visit are about to be restored. */
export function arePhotosKept(): boolean {
  try {
    return localStorage.getItem(FLAG) !== null;
  } catch {
    return false;
  }
}

function setFlag(kept: boolean): void {
  try {
    if (kept) localStorage.setItem(FLAG, '1');
    else localStorage.removeItem(FLAG);
  } catch {
    // Without storage nothing can be restored.
  }
}
