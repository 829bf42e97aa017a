import { loadZooCards, type ZooCard } from '../../network/zoo';
import { ASSET_BASE } from './lab-worker';
import type { StoredModel } from './model-database';

/** A network shipped with Mien in addition to its own. Its weights are fetched on first use. */
export interface ZooModel {
  readonly id: string;
  readonly name: string;
  readonly origin: 'zoo';
  readonly labels: readonly string[];
  readonly card: ZooCard;
}

/** A model that can replace Mien's own for classification. */
export type LibraryModel = StoredModel | ZooModel;

/** @throws MienError of kind `model`. */
export async function loadZoo(): Promise<ZooModel[]> {
  const cards = await loadZooCards(ASSET_BASE());
  return cards.map((card) => ({ id: card.id, name: card.id, origin: 'zoo', labels: card.labels, card }));
}
