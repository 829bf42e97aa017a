import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { PixelRect } from '../../engine/geometry';
import type { FileMark, PhotoState } from './photo-queue';

/** A photo's stored file. */
export interface KeptFile {
  readonly file: File;
  /** Path and order, only in database versions 1 and 2; now in `KeptFacts`. */
  readonly path?: string;
  readonly order?: PhotoOrder;
}

/** Sort key: time of adding, then id. */
export type PhotoOrder = readonly [addedAtMs: number, id: number];

/** Persisted states. */
export type KeptState = Extract<PhotoState, { readonly status: 'done' | 'cancelled' }>;

/** Everything about a photo except its file. Written long before the file, which is slow to write. */
export interface KeptFacts extends FileMark {
  /** Id of the tab that shows it. While that tab is open, no other takes the photo. */
  readonly tab: string;
  /** Path with folders. */
  readonly path: string;
  readonly order: PhotoOrder;
  /** See `Photo`. */
  readonly notFaces: readonly PixelRect[];
  readonly thumbnail: Blob | null;
  /** Null if it is still to be read, or could not be. */
  readonly state: KeptState | null;
  /** App version of the result: another version reads the photo again. */
  readonly appVersion: string;
}

interface PhotoSchema extends DBSchema {
  photos: { key: string; value: KeptFile };
  /** By photo key; absent in version 1, only `tab` and `notFaces` in version 2. */
  facts: { key: string; value: Pick<KeptFacts, 'tab' | 'notFaces'> & Partial<KeptFacts> };
}

export type PhotoDatabase = IDBPDatabase<PhotoSchema>;

export const PHOTO_DATABASE = 'mien-photos';
/** Records per read: few enough for a short task. */
const AT_ONCE = 100;

export function openPhotoDatabase(): Promise<PhotoDatabase> {
  return openDB<PhotoSchema>(PHOTO_DATABASE, 3, {
    upgrade: (opened, before) => {
      if (before < 1) opened.createObjectStore('photos');
      if (before < 2) opened.createObjectStore('facts');
    },
    // Lets the browser delete the site's data while the page is open.
    blocking: (_own, _wanted, event) => (event.target as IDBDatabase).close(),
  });
}

/** All records of a store by key. The caller prevents concurrent changes. */
export async function allOf<S extends 'photos' | 'facts'>(database: PhotoDatabase, store: S): Promise<Map<string, PhotoSchema[S]['value']>> {
  const all = new Map<string, PhotoSchema[S]['value']>();
  let range: IDBKeyRange | null = null;
  for (;;) {
    const [keys, values]: [string[], PhotoSchema[S]['value'][]] = await Promise.all([database.getAllKeys(store, range, AT_ONCE), database.getAll(store, range, AT_ONCE)]);
    for (const [i, key] of keys.entries()) {
      const value = values[i];
      if (value) all.set(key, value);
    }
    const last = keys.at(-1);
    if (keys.length < AT_ONCE || last === undefined) return all;
    range = IDBKeyRange.lowerBound(last, true);
  }
}
