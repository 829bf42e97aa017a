import * as tfc from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { ModelFiles } from '../../engine/model-files';
import type { FaceInput } from '../../engine/types';
import { buildExpressionNetwork } from '../../network/build';
import { NETWORK_PLANS } from '../../network/plans';
import { SEED_NETWORKS } from '../../network/seed-networks';
import type { Head } from './softmax-regression';

/** Networks to train: Mien's own, fine-tuned from the shipped weights, or a plan from scratch. */
export const TRAINABLE = ['fine-tune', 'mien-xs', 'mien-s', 'seed-cnn4', 'seed-bilstm', 'seed-vgg', 'seed-separable'] as const;
export type Trainable = (typeof TRAINABLE)[number];

export function inputOf(network: Trainable): FaceInput {
  return network in SEED_NETWORKS ? SEED_NETWORKS[network as keyof typeof SEED_NETWORKS].input : { side: 48, channels: 1 };
}

/** Name of the last layer. */
const OUTPUT = 'expression';
const NORM_MOMENTUM = 0.9;

/**
 * Creates a network for training, with a softmax over custom classes, on tfjs's current backend.
 *
 * @param shipped Mien's own network; required for fine-tuning.
 * @param head initial last layer on Mien's features.
 */
export async function openTrainable(network: Trainable, classes: number, shipped: ModelFiles | null, head: Head | null): Promise<tf.LayersModel> {
  if (network !== 'fine-tune') return fromNothing(network, classes);
  if (!shipped) throw new Error('the network to fine-tune is missing');
  const { topology, weightSpecs, weightData } = shipped;
  const own = await tf.loadLayersModel(tfc.io.fromMemory({ modelTopology: topology, weightSpecs: weightSpecs as tfc.io.WeightsManifestEntry[], weightData }));
  const model = ending(own, poolOf(own), classes);
  if (head) {
    const start = [tfc.tensor(head.kernel, [head.kernel.length / classes, classes]), tfc.tensor(head.bias, [classes])];
    model.getLayer(OUTPUT).setWeights(start);
    tfc.dispose(start);
  }
  return model;
}

function fromNothing(network: Exclude<Trainable, 'fine-tune'>, classes: number): tf.LayersModel {
  if (network === 'mien-s' || network === 'mien-xs') {
    const own = buildExpressionNetwork(NETWORK_PLANS[network], 'training');
    return ending(own, own.getLayer('dropout'), classes);
  }
  const own = SEED_NETWORKS[network].build();
  const [, before] = own.layers.toReversed();
  if (!before) throw new Error(`${network} has no layer before its last`);
  return ending(own, before, classes);
}

/** Cuts the network after a layer and adds a new last layer; disposes the layers after the cut. */
function ending(own: tf.LayersModel, last: tf.layers.Layer, classes: number): tf.LayersModel {
  const output = tf.layers.dense({ units: classes, activation: 'softmax', name: OUTPUT }).apply(last.output) as SymbolicTensor;
  const model = tf.model({ inputs: own.inputs, outputs: output });
  const used = new Set(model.layers);
  // Few faces mean few steps: with the usual 0.99, the moving averages of batch normalization would lag for hundreds of steps.
  for (const layer of model.layers) if (layer.getClassName() === 'BatchNormalization') Object.assign(layer, { momentum: NORM_MOMENTUM });
  for (const layer of own.layers) if (!used.has(layer)) layer.dispose();
  return model;
}

function poolOf(own: tf.LayersModel): tf.layers.Layer {
  const pool = own.layers.find((layer) => layer.getClassName() === 'GlobalAveragePooling2D');
  if (!pool) throw new Error('no pooling before the outputs');
  return pool;
}
