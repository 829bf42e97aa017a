import type * as tf from '@tensorflow/tfjs-layers';
import { SEED_NETWORKS } from '../seed-networks';
import { disposeModel } from './build-layers';
import type { HdfArray, HdfGroup } from './hdf5';
import { fillLayer } from './keras-weights';

/**
 * Finds a known network with these weights, by their shapes in the order of the layers: many projects publish only `save_weights`. Null if no known
 * network fits.
 */
export function networkOfWeights(weights: HdfGroup): tf.LayersModel | null {
  const paths = (weights.texts('layer_names') ?? []).flatMap((layer) => {
    const group = weights.group(layer);
    return (group?.texts('weight_names') ?? []).map((name) => ({ group: group as HdfGroup, name }));
  });
  const shapes = paths.map(({ group, name }) => group.shape(name)?.join() ?? '');
  for (const { build } of Object.values(SEED_NETWORKS)) {
    const model = build();
    const wanted = model.layers.flatMap((layer) => layer.weights.map(({ shape }) => shape.join()));
    if (wanted.join(';') !== shapes.join(';')) {
      disposeModel(model);
      continue;
    }
    let next = 0;
    for (const layer of model.layers) {
      const own = paths.slice(next, (next += layer.weights.length));
      fillLayer(layer, own.map(({ group, name }): HdfArray => group.numbers(name, Infinity)));
    }
    return model;
  }
  return null;
}
