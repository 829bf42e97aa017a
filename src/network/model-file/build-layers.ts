import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tfc from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import { MienError } from '../../engine/errors';
import './extra-layers';
import './gru-layer';
import './operation-layer';
import './weighted-layer';
import type { Json } from './json';

/**
 * Builds the model for a topology from `planNetwork`, with all weights zero. Free it with `disposeModel`.
 *
 * @throws MienError `model-file/not-a-classifier` if the layers do not fit together.
 */
export async function buildLayers(topology: Json): Promise<tf.LayersModel> {
  const before = new Set(Object.values(variables()));
  try {
    return await tf.loadLayersModel(tfc.io.fromMemory({ modelTopology: topology as object }));
  } catch (error) {
    // No model owns the weights of the layers before the failed one.
    for (const variable of Object.values(variables())) if (!before.has(variable)) variable.dispose();
    throw new MienError('model-file', 'not-a-classifier', error instanceof Error ? error.message : String(error), error);
  }
}

function variables(): Readonly<Record<string, tfc.Variable>> {
  return tfc.engine().state.registeredVariables;
}

/** Disposes a model with all its weights; tf.layers itself omits those of wrapped and nested layers. */
export function disposeModel(model: tf.LayersModel | GraphModel): void {
  const weights = 'getLayer' in model ? model.weights.map((weight) => weight.read()) : [];
  model.dispose();
  for (const weight of weights) if (!weight.isDisposed) weight.dispose();
}
