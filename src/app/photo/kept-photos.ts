import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { PixelRect } from '../../engine/geometry';
import { log } from '../../engine/log';
import { alone } from '../../session/held-lock';
import { SerialQueue } from '../../workers/serial-queue';
import { keepPath, pathOf } from '../files/file-path';
import { holdTab, openTabs, type Tab } from '../tab-hold';
import type { Photo, PhotoQueue, QueueAction } from './photo-queue';

/** A photo's file as it lies on this device. Readings are not kept: the same file reads the same again. */
interface KeptPhoto {
  readonly file: File;
  /** Its name with its folders. */
  readonly path: string;
  /** Photos are listed by when they were added, then by where they stood. */
  readonly order: readonly [addedAtMs: number, id: number];
}

/** What is known of a kept photo, apart from its file, which is costly to write again. */
interface PhotoFacts {
  /** The tab that shows it. While that is open, no other takes it. */
  readonly tab: string;
  /** See `Photo`. */
  readonly notFaces: readonly PixelRect[];
}

interface PhotoSchema extends DBSchema {
  photos: { key: string; value: KeptPhoto };
  /** By the photo's key; the first version of the database had none. */
  facts: { key: string; value: PhotoFacts };
}

/** The part of a photo session that is kept. */
export interface KeptSession {
  readonly getSnapshot: () => PhotoQueue;
  readonly subscribe: (listener: () => void) => () => void;
  readonly dispatch: (action: QueueAction) => void;
}

export const PHOTO_DATABASE = 'mien-photos';
/** Tells at once, before the database is open, that there are photos to come back. */
const FLAG = 'mien-photos-kept';
/** Held while a tab takes photos, so that no two take the same. */
const TAKING = 'mien-photos-taking';

/** Keeps a session's photos in the browser until they are removed, and brings back those of the last visit: this tab's, and those of tabs that are gone. */
export class KeptPhotos {
  readonly #session: KeptSession;
  readonly #tab: Promise<Tab>;
  readonly #writes = new SerialQueue();
  /** Of the photos that are kept, or on their way there, by their ids. */
  readonly #kept = new Map<number, { readonly key: string; readonly notFaces: readonly PixelRect[] }>();

  constructor(session: KeptSession, tab: Promise<Tab> = holdTab()) {
    this.#session = session;
    this.#tab = tab;
  }

  /** Resolves once the photos of the last visit are back. Where the browser keeps nothing, nothing comes back. */
  async start(): Promise<void> {
    try {
      const { id } = await this.#tab;
      const database = await openDB<PhotoSchema>(PHOTO_DATABASE, 2, {
        upgrade: (opened, before) => {
          if (before < 1) opened.createObjectStore('photos');
          opened.createObjectStore('facts');
        },
        // The site's data may be deleted while the page is open.
        blocking: (_own, _wanted, event) => (event.target as IDBDatabase).close(),
      });
      await alone(TAKING, () => this.#restore(database, id));
      this.#session.subscribe(() => this.#follow(database, id));
      this.#follow(database, id);
    } catch (error) {
      log.warn(`photos are not kept: ${String(error)}`);
      setFlag(false);
    }
  }

  async #restore(database: IDBPDatabase<PhotoSchema>, tab: string): Promise<void> {
    const open = await openTabs();
    const transaction = database.transaction(['photos', 'facts'], 'readwrite');
    const [photos, facts] = [transaction.objectStore('photos'), transaction.objectStore('facts')];
    const [keys, values] = await Promise.all([photos.getAllKeys(), photos.getAll()]);
    const known = await Promise.all(keys.map((key) => facts.get(key)));
    const taken = values
      .map((value, i) => ({ ...value, key: keys[i] ?? '', tab: known[i]?.tab ?? null, notFaces: known[i]?.notFaces ?? [] }))
      .filter((photo) => photo.file instanceof File && (photo.tab === null || photo.tab === tab || !open?.has(photo.tab)))
      .sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1]);
    await Promise.all(taken.map(({ key, notFaces }) => facts.put({ tab, notFaces }, key)));
    await transaction.done;
    if (taken.length === 0) return;
    for (const { file, path } of taken) if (path !== file.name) keepPath(file, path);
    this.#session.dispatch({ type: 'restore', photos: taken });
    const byFile = new Map(this.#session.getSnapshot().items.map((photo) => [photo.file, photo.id]));
    for (const { file, key, notFaces } of taken) {
      const id = byFile.get(file);
      if (id !== undefined) this.#kept.set(id, { key, notFaces });
    }
  }

  #follow(database: IDBPDatabase<PhotoSchema>, tab: string): void {
    const { items } = this.#session.getSnapshot();
    const shown = new Set(items.map(({ id }) => id));
    for (const photo of items) {
      const kept = this.#kept.get(photo.id);
      if (!kept) this.#keep(database, tab, photo);
      else if (kept.notFaces !== photo.notFaces) this.#note(database, tab, photo, kept.key);
    }
    for (const [id, { key }] of this.#kept) {
      if (shown.has(id)) continue;
      this.#kept.delete(id);
      this.#write(async () => {
        const transaction = database.transaction(['photos', 'facts'], 'readwrite');
        await Promise.all([transaction.objectStore('photos').delete(key), transaction.objectStore('facts').delete(key), transaction.done]);
      });
    }
    // Other tabs may have photos.
    if (items.length > 0) setFlag(true);
    else this.#write(async () => setFlag((await database.count('photos')) > 0));
  }

  #keep(database: IDBPDatabase<PhotoSchema>, tab: string, { id, file, notFaces }: Photo): void {
    const key = crypto.randomUUID();
    this.#kept.set(id, { key, notFaces });
    const order = [Date.now(), id] as const;
    this.#write(async () => {
      // Removed while others were written.
      if (this.#kept.get(id)?.key !== key) return;
      const transaction = database.transaction(['photos', 'facts'], 'readwrite');
      const photo = transaction.objectStore('photos').put({ file, path: pathOf(file), order }, key);
      await Promise.all([photo, transaction.objectStore('facts').put({ tab, notFaces }, key), transaction.done]);
    });
  }

  #note(database: IDBPDatabase<PhotoSchema>, tab: string, { id, notFaces }: Photo, key: string): void {
    this.#kept.set(id, { key, notFaces });
    this.#write(async () => {
      if (this.#kept.get(id)?.key === key) await database.put('facts', { tab, notFaces }, key);
    });
  }

  /** One after the other: a folder of hundreds must not slow down its own reading. */
  #write(work: () => Promise<void>): void {
    this.#writes.add(work).catch((error: unknown) => log.warn(`a photo was not kept: ${String(error)}`));
  }
}

/** Whether photos of the last visit are on their way back. */
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
    // Without storage there is nothing to come back either.
  }
}
