import * as tfc from '@tensorflow/tfjs-core';
import type * as tf from '@tensorflow/tfjs-layers';
import { readValues } from '../../engine/backend';
import { joined } from '../../engine/joined';
import { inputStatement } from '../../network/model-file/stated-input';
import type { TaughtFiles } from './taught-model';

/** All weights of a model, concatenated in its own order. */
export async function weightsOf(model: tf.LayersModel): Promise<Float32Array<ArrayBuffer>> {
  const parts = await Promise.all(model.getWeights().map(readValues));
  return joined(Float32Array, parts);
}

/** Restores weights from `weightsOf`. @throws RangeError if they belong to another model. */
export function putWeights(model: tf.LayersModel, all: Float32Array): void {
  let at = 0;
  const tensors = model.getWeights().map(({ shape, size }) => {
    const own = all.slice(at, (at += size));
    if (own.length !== size) throw new RangeError(`${all.length} weights are too few`);
    return tfc.tensor(own, shape);
  });
  model.setWeights(tensors);
  tfc.dispose(tensors);
  if (at !== all.length) throw new RangeError(`${all.length} weights are too many`);
}

/** A trained model as files of tfjs's layers format that state their own input scaling and labels. */
export async function filesOf(model: tf.LayersModel, labels: readonly string[]): Promise<TaughtFiles> {
  const saved: tfc.io.ModelArtifacts[] = [];
  await model.save(
    tfc.io.withSaveHandler((artifacts) => {
      saved.push(artifacts);
      return Promise.resolve({ modelArtifactsInfo: tfc.io.getModelArtifactsInfoForJSON(artifacts) });
    }),
  );
  const [artifacts] = saved;
  if (!artifacts?.weightData) throw new Error('nothing was saved');
  const modelJson = JSON.stringify({
    format: 'layers-model',
    generatedBy: 'Mien',
    modelTopology: artifacts.modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: artifacts.weightSpecs }],
    ...inputStatement({ scaling: 'per-face', labels }),
  });
  return { modelJson, weights: new Uint8Array(tfc.io.CompositeArrayBuffer.join(artifacts.weightData)), parameters: model.countParams() };
}
