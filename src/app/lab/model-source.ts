import { pastDamage } from '../../engine/assets';
import { listedModels } from '../../engine/model-list';
import type { ModelSource } from '../../network/brought-model';
import { loadZooSource } from '../../network/zoo';
import { storedSource } from './model-database';

/**
 * Loads a model for the engine by its id, from the zoo or from this device.
 *
 * @throws MienError `storage/missing` if there is no such model; of kind `storage` or `model`.
 */
export async function modelSource(id: string): Promise<ModelSource> {
  const assetBase = new URL('./', document.baseURI).href;
  const { models } = await pastDamage((cache) => listedModels(assetBase, cache));
  return models.some((model) => model.id === id) ? loadZooSource(assetBase, id) : storedSource(id);
}
