import * as v from 'valibot';
import { fetchAsset, fetchJson, pastDamage, sha256 } from '../engine/assets';
import { MienError } from '../engine/errors';
import { EXPRESSIONS } from '../engine/labels';
import { accuracyRow, transfer } from '../engine/model-card';
import { folderOf, listedModels } from '../engine/model-list';
import type { ModelSource } from './brought-model';
import { SCALINGS } from './scaling';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const ZooCardSchema = v.object({
  id: v.string(),
  version: v.string(),
  /** Checksum of weights.bin, in hexadecimal. */
  sha256: v.string(),
  /** Side in pixels, and channels. */
  input: v.object({ side: count, channels: v.picklist([1, 3]) }),
  scaling: v.picklist(SCALINGS),
  labels: v.pipe(v.array(v.string()), v.length(EXPRESSIONS.length)),
  parameters: count,
  /** Size of the weights. */
  bytes: count,
  training: v.object({
    /** Training according to the network's document. */
    recipe: v.string(),
    /** Progress of the run. */
    words: v.string(),
    epochs: count,
    plannedEpochs: count,
    /** True if the run reached its regular end. */
    finished: v.boolean(),
  }),
  data: v.string(),
  /** Accuracy according to that document, 0–1; null if it states no figure. */
  claim: v.object({ words: v.string(), accuracy: v.nullable(share) }),
  metrics: v.pipe(v.array(accuracyRow), v.minLength(1)),
  transfer,
});

/** `card.json` of a zoo network. Shares are 0–1. */
export type ZooCard = Readonly<v.InferOutput<typeof ZooCardSchema>>;

/** @throws MienError `model/corrupt` if something is missing or of another type. */
export function readZooCard(json: unknown): ZooCard {
  const { success, output, issues } = v.safeParse(ZooCardSchema, json);
  if (!success) throw new MienError('model', 'corrupt', `card.json: ${v.summarize(issues)}`);
  return output;
}

/**
 * Loads the cards of the networks shipped in addition to Mien's own, which other projects describe.
 *
 * @throws MienError of kind `model`.
 */
export function loadZooCards(assetBase: string): Promise<ZooCard[]> {
  return pastDamage(async (cache) => {
    const { serving, models } = await listedModels(assetBase, cache);
    const others = models.filter(({ id }) => id !== serving);
    return Promise.all(others.map(async ({ folder }) => readZooCard(await fetchJson(`${folder}card.json`, cache))));
  });
}

/**
 * Downloads a zoo network, to be opened as a `BroughtModel`.
 *
 * @throws MienError `model/corrupt` if the weights do not match the card, or if no such network is listed; `model/*`.
 */
export function loadZooSource(assetBase: string, id: string): Promise<ModelSource> {
  return pastDamage(async (cache) => {
    const folder = folderOf((await listedModels(assetBase, cache)).models, id);
    const [card, topology, weights] = await Promise.all([
      fetchJson(`${folder}card.json`, cache).then(readZooCard),
      fetchAsset(`${folder}model.json`, cache),
      fetchAsset(`${folder}weights.bin`, cache),
    ]);
    const digest = await sha256(weights);
    if (digest !== null && digest !== card.sha256) throw new MienError('model', 'corrupt', `weights.bin has sha256 ${digest}, its card says ${card.sha256}`);
    const files = Object.entries({ 'model.json': topology, 'weights.bin': weights }).map(([path, bytes]) => ({ path, content: new Blob([bytes]) }));
    return { name: id, files, scaling: card.scaling, labels: card.labels };
  });
}
