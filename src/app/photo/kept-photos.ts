import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { log } from '../../engine/log';
import { SerialQueue } from '../../workers/serial-queue';
import { keepPath, pathOf } from '../files/file-path';
import type { Photo, PhotoQueue, QueueAction } from './photo-queue';

/** A photo's file as it lies on this device. Readings are not kept: the same file reads the same again. */
interface KeptPhoto {
  readonly file: File;
  /** Its name with its folders. */
  readonly path: string;
  /** Photos are listed by when they were added, then by where they stood. */
  readonly order: readonly [addedAtMs: number, id: number];
}

interface PhotoSchema extends DBSchema {
  photos: { key: string; value: KeptPhoto };
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

/** Keeps a session's photos in the browser until they are removed, and brings back those of the last visit. */
export class KeptPhotos {
  readonly #session: KeptSession;
  readonly #writes = new SerialQueue();
  /** Keys of the photos that are kept, or on their way there, by their ids. */
  readonly #keys = new Map<number, string>();

  constructor(session: KeptSession) {
    this.#session = session;
  }

  /** Resolves once the photos of the last visit are back. Where the browser keeps nothing, nothing comes back. */
  async start(): Promise<void> {
    try {
      const database = await openDB<PhotoSchema>(PHOTO_DATABASE, 1, {
        upgrade: (opened) => void opened.createObjectStore('photos'),
        // The site's data may be deleted while the page is open.
        blocking: (_own, _wanted, event) => (event.target as IDBDatabase).close(),
      });
      await this.#restore(database);
      this.#session.subscribe(() => this.#follow(database));
      this.#follow(database);
    } catch (error) {
      log.warn(`photos are not kept: ${String(error)}`);
      setFlag(false);
    }
  }

  async #restore(database: IDBPDatabase<PhotoSchema>): Promise<void> {
    const [keys, values] = await Promise.all([database.getAllKeys('photos'), database.getAll('photos')]);
    const kept = values.map((value, i) => ({ ...value, key: keys[i] ?? '' }));
    const whole = kept.filter(({ file }) => file instanceof File).sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1]);
    if (whole.length === 0) return;
    for (const { file, path } of whole) if (path !== file.name) keepPath(file, path);
    this.#session.dispatch({ type: 'restore', files: whole.map(({ file }) => file) });
    const byFile = new Map(this.#session.getSnapshot().items.map((photo) => [photo.file, photo.id]));
    for (const { file, key } of whole) {
      const id = byFile.get(file);
      if (id !== undefined) this.#keys.set(id, key);
    }
  }

  #follow(database: IDBPDatabase<PhotoSchema>): void {
    const { items } = this.#session.getSnapshot();
    const shown = new Set(items.map(({ id }) => id));
    for (const photo of items) if (!this.#keys.has(photo.id)) this.#keep(database, photo);
    for (const [id, key] of this.#keys) {
      if (shown.has(id)) continue;
      this.#keys.delete(id);
      this.#write(() => database.delete('photos', key));
    }
    setFlag(items.length > 0);
  }

  #keep(database: IDBPDatabase<PhotoSchema>, { id, file }: Photo): void {
    const key = crypto.randomUUID();
    this.#keys.set(id, key);
    const order = [Date.now(), id] as const;
    this.#write(async () => {
      // Removed while others were written.
      if (this.#keys.get(id) === key) await database.put('photos', { file, path: pathOf(file), order }, key);
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
