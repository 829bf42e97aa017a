import type { ModelSource } from '../../network/brought-model';
import { MienError } from '../../engine/errors';
import { inLabDatabase as inDatabase } from './lab-database';
import type { StoredModel } from './stored-model';

export type { StoredModel } from './stored-model';

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
 * Loads a stored model for the engine.
 *
 * @throws MienError `storage/missing` if it was removed; of kind `storage`.
 */
export async function storedSource(id: string): Promise<ModelSource> {
  const model = await inDatabase((database) => database.get('models', id));
  if (!model || model.removedAtMs !== null) throw new MienError('storage', 'missing', `model ${id}`);
  return sourceOf(model);
}

export function sourceOf({ name, files, scaling, labels }: StoredModel): ModelSource {
  return { name, files, scaling, labels };
}
