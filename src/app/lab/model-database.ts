import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { BroughtModelReport } from '../../engine/types';
import type { ModelSource } from '../../network/brought-model';
import { toStorageError } from '../../session/archive-database';
import { MienError } from '../../engine/errors';

/** A model that was brought or taught, as it lies on this device. */
export interface StoredModel {
  readonly id: string;
  readonly name: string;
  readonly files: ModelSource['files'];
  readonly scaling: NonNullable<ModelSource['scaling']>;
  readonly labels: readonly string[];
  readonly origin: 'brought' | 'taught';
  /** What its file says; confidences are those of the proposals that were made. */
  readonly report: Pick<BroughtModelReport, 'format' | 'input' | 'parameters' | 'output'>;
  readonly bytes: number;
  readonly addedAtMs: number;
  /** Since when it only waits for an undo, ms since 1970; null: it is not removed. */
  readonly removedAtMs: number | null;
}

interface LabSchema extends DBSchema {
  models: { key: string; value: StoredModel };
}

let opening: Promise<IDBPDatabase<LabSchema>> | null = null;

function database(): Promise<IDBPDatabase<LabSchema>> {
  opening ??= openDB<LabSchema>('mien-lab', 1, {
    upgrade: (database) => void database.createObjectStore('models', { keyPath: 'id' }),
    blocking: (_own, _wanted, event) => {
      (event.target as IDBDatabase).close();
      opening = null;
    },
    terminated: () => (opening = null),
  });
  opening.catch(() => (opening = null));
  return opening;
}

/** Does something with the database. @throws MienError of kind `storage`. */
async function inDatabase<T>(work: (database: IDBPDatabase<LabSchema>) => Promise<T>): Promise<T> {
  try {
    return await work(await database());
  } catch (error) {
    throw toStorageError(error, opening === null ? 'denied' : 'failed');
  }
}

export function readModels(): Promise<StoredModel[]> {
  return inDatabase((database) => database.getAll('models'));
}

export function writeModel(model: StoredModel): Promise<unknown> {
  return inDatabase((database) => database.put('models', model));
}

export function deleteModel(id: string): Promise<void> {
  return inDatabase((database) => database.delete('models', id));
}

/**
 * A stored model as the engine takes it.
 *
 * @throws MienError `storage/missing` where it was removed; of kind `storage`.
 */
export async function storedSource(id: string): Promise<ModelSource> {
  const model = await inDatabase((database) => database.get('models', id));
  if (!model || model.removedAtMs !== null) throw new MienError('storage', 'missing', `model ${id}`);
  return sourceOf(model);
}

export function sourceOf({ name, files, scaling, labels }: StoredModel): ModelSource {
  return { name, files, scaling, labels };
}
