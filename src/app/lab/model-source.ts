import { pastDamage } from '../../engine/assets';
import { listedModels } from '../../engine/model-list';
import type { ModelSource } from '../../network/brought-model';
import { loadZooSource } from '../../network/zoo';
import { storedSource } from './model-database';

/**
 * The model of an id as the engine takes it: one of the zoo, or one that lies on this device.
 *
 * @throws MienError `storage/missing` where it is neither; of kind `storage` or `model`.
 */
export async function modelSource(id: string): Promise<ModelSource> {
  const assetBase = new URL('./', document.baseURI).href;
  const { models } = await pastDamage((cache) => listedModels(assetBase, cache));
  return models.some((model) => model.id === id) ? loadZooSource(assetBase, id) : storedSource(id);
}
