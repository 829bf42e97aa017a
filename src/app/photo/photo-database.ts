import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { PixelRect } from '../../engine/geometry';
import type { FileMark, PhotoState } from './photo-queue';

/** A photo's file as it lies on this device. */
export interface KeptFile {
  readonly file: File;
  /** Its name with its folders, and its place in the list: only in versions 1 and 2, which had them here. */
  readonly path?: string;
  readonly order?: PhotoOrder;
}

/** Photos are listed by when they were added, then by where they stood. */
export type PhotoOrder = readonly [addedAtMs: number, id: number];

/** What became of a photo, as far as it is kept. */
export type KeptState = Extract<PhotoState, { readonly status: 'done' | 'cancelled' }>;

/** What is known of a photo apart from its file, which is costly to write: this is there long before. */
export interface KeptFacts extends FileMark {
  /** The tab that shows it. While that is open, no other takes it. */
  readonly tab: string;
  /** Its name with its folders. */
  readonly path: string;
  readonly order: PhotoOrder;
  /** See `Photo`. */
  readonly notFaces: readonly PixelRect[];
  readonly thumbnail: Blob | null;
  /** Null: it is still to be read, or could not be read. */
  readonly state: KeptState | null;
  /** That of the app that read it: another reads it anew. */
  readonly appVersion: string;
}

interface PhotoSchema extends DBSchema {
  photos: { key: string; value: KeptFile };
  /** By the photo's key; version 1 had none, version 2 only `tab` and `notFaces`. */
  facts: { key: string; value: Pick<KeptFacts, 'tab' | 'notFaces'> & Partial<KeptFacts> };
}

export type PhotoDatabase = IDBPDatabase<PhotoSchema>;

export const PHOTO_DATABASE = 'mien-photos';
/** Records that are read at once: few enough for a short task. */
const AT_ONCE = 100;

export function openPhotoDatabase(): Promise<PhotoDatabase> {
  return openDB<PhotoSchema>(PHOTO_DATABASE, 3, {
    upgrade: (opened, before) => {
      if (before < 1) opened.createObjectStore('photos');
      if (before < 2) opened.createObjectStore('facts');
    },
    // The site's data may be deleted while the page is open.
    blocking: (_own, _wanted, event) => (event.target as IDBDatabase).close(),
  });
}

/** All of a store by key. The caller sees to it that nobody changes it meanwhile. */
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
