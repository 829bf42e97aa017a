import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { toStorageError } from '../../session/archive-database';
import type { KeptDataSet } from './data-set';
import type { StoredModel } from './stored-model';
import type { KeptTraining } from './training-choice';

export interface LabSchema extends DBSchema {
  models: { key: string; value: StoredModel };
  /** At most one, under `THE_ONE`. */
  data: { key: string; value: KeptDataSet };
  /** At most one, under `THE_ONE`. */
  training: { key: string; value: KeptTraining };
}

/** Key in stores that contain a single record. */
export const THE_ONE = 'only';

const STORES = ['models', 'data', 'training'] as const;

let opening: Promise<IDBPDatabase<LabSchema>> | null = null;

function database(): Promise<IDBPDatabase<LabSchema>> {
  opening ??= openDB<LabSchema>('mien-lab', 2, {
    upgrade: (database) => {
      for (const name of STORES) {
        if (database.objectStoreNames.contains(name)) continue;
        if (name === 'models') database.createObjectStore(name, { keyPath: 'id' });
        else database.createObjectStore(name);
      }
    },
    blocking: (_own, _wanted, event) => {
      (event.target as IDBDatabase).close();
      opening = null;
    },
    terminated: () => (opening = null),
  });
  opening.catch(() => (opening = null));
  return opening;
}

/** Runs an operation on the Lab's database. @throws MienError of kind `storage`. */
export async function inLabDatabase<T>(work: (database: IDBPDatabase<LabSchema>) => Promise<T>): Promise<T> {
  try {
    return await work(await database());
  } catch (error) {
    throw toStorageError(error, opening === null ? 'denied' : 'failed');
  }
}
