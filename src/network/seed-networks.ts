import { tidy } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-layers';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { EXPRESSIONS } from '../engine/labels';
import type { FaceInput } from '../engine/types';

/** A network described by another project, to be trained and evaluated alongside Mien's own. */
export interface SeedNetwork {
  readonly input: FaceInput;
  /** Accuracy according to its description, 0–1; null if not stated. */
  readonly claimedAccuracy: number | null;
  /** Builds the untrained network; its output is probabilities [n, 7]. */
  readonly build: () => tf.LayersModel;
}

type Layer = tf.layers.Layer;

function chain(name: string, side: number, layers: readonly Layer[]): tf.LayersModel {
  const input = tf.input({ shape: [side, side, 1], name: 'face' });
  // tf.layers leaks the tensors for an LSTM's initial bias, but a model's own weights survive a tidy.
  let output: SymbolicTensor = input;
  tidy(() => {
    for (const layer of layers) output = layer.apply(output) as SymbolicTensor;
  });
  return tf.model({ inputs: input, outputs: output, name });
}

const { conv2d, depthwiseConv2d, batchNormalization, maxPooling2d, averagePooling2d, dropout, flatten, dense, reLU, reshape, bidirectional, lstm } = tf.layers;

const answer = () => dense({ units: EXPRESSIONS.length, activation: 'softmax', name: 'label' });

/** Convolutions to 6×6×128, whose rows pass through two bidirectional LSTMs. */
function bilstm(): tf.LayersModel {
  const block = (filters: number, i: number) => [
    conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu', name: `conv${i}` }),
    batchNormalization({ name: `norm${i}` }),
    maxPooling2d({ poolSize: 2, name: `pool${i}` }),
  ];
  // LSTM options of Keras 2 and 3; tf.layers's defaults are those of Keras 1. Keras initializes recurrent weights orthogonally, which takes tf.layers
  // seconds.
  const both = (units: number, returnSequences: boolean, name: string) => {
    const options = { recurrentActivation: 'sigmoid', unitForgetBias: true, recurrentInitializer: 'glorotUniform' } as const;
    return bidirectional({ layer: lstm({ units, returnSequences, name, ...options }), mergeMode: 'concat', name });
  };
  return chain('seed-bilstm', 48, [
    ...[32, 64, 128].flatMap((filters, i) => block(filters, i + 1)),
    reshape({ targetShape: [6, 6 * 128], name: 'rows' }),
    both(128, true, 'lstm1'),
    both(64, false, 'lstm2'),
    dense({ units: 200, activation: 'relu', name: 'dense' }),
    dropout({ rate: 0.6, name: 'dropout' }),
    answer(),
  ]);
}

/** Four convolutions without padding. */
function cnn4(): tf.LayersModel {
  const conv = (filters: number, i: number) => conv2d({ filters, kernelSize: 3, activation: 'relu', name: `conv${i}` });
  const pool = (i: number) => maxPooling2d({ poolSize: 2, name: `pool${i}` });
  return chain('seed-cnn4', 48, [
    conv(32, 1),
    conv(64, 2),
    pool(1),
    dropout({ rate: 0.25, name: 'dropout1' }),
    conv(128, 3),
    pool(2),
    conv(128, 4),
    pool(3),
    dropout({ rate: 0.25, name: 'dropout2' }),
    flatten({ name: 'flatten' }),
    dense({ units: 1024, activation: 'relu', name: 'dense' }),
    dropout({ rate: 0.5, name: 'dropout3' }),
    answer(),
  ]);
}

/** Strides of the depthwise convolutions, and channels of the following pointwise ones; null: none follows. */
const SEPARABLE: readonly (readonly [strides: 1 | 2, channels: number | null])[] = [
  [1, 64],
  [2, 128],
  [1, 128],
  [2, 256],
  [1, 512],
  [2, 512],
  [1, 512],
  [1, 512],
  [1, null],
  [2, 1024],
];

/** Depthwise-separable convolutions after MobileNet, from 224 pixels down. */
function separable(): tf.LayersModel {
  const after = (name: string) => [batchNormalization({ name: `${name}_norm` }), reLU({ name: `${name}_relu` })];
  return chain('seed-separable', 224, [
    conv2d({ filters: 32, kernelSize: 3, strides: 2, padding: 'same', name: 'stem' }),
    ...after('stem'),
    ...SEPARABLE.flatMap(([strides, channels], i) => [
      depthwiseConv2d({ kernelSize: 3, strides, padding: 'same', name: `depthwise${i + 1}` }),
      ...after(`depthwise${i + 1}`),
      ...(channels === null ? [] : [conv2d({ filters: channels, kernelSize: 1, name: `pointwise${i + 1}` }), ...after(`pointwise${i + 1}`)]),
    ]),
    averagePooling2d({ poolSize: 7, name: 'pool' }),
    dense({ units: 700, activation: 'relu', name: 'dense' }),
    dropout({ rate: 0.5, name: 'dropout' }),
    flatten({ name: 'flatten' }),
    answer(),
  ]);
}

/** Three blocks of two convolutions after VGG. */
function vgg(): tf.LayersModel {
  const conv = (filters: number, name: string) => [
    conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu', name }),
    batchNormalization({ name: `${name}_norm` }),
  ];
  const block = (filters: number, rate: number, i: number) => [
    ...conv(filters, `block${i}_a`),
    ...conv(filters, `block${i}_b`),
    maxPooling2d({ poolSize: 2, name: `block${i}_pool` }),
    dropout({ rate, name: `block${i}_dropout` }),
  ];
  return chain('seed-vgg', 48, [
    ...block(64, 0.25, 1),
    ...block(128, 0.35, 2),
    ...block(256, 0.45, 3),
    flatten({ name: 'flatten' }),
    dense({ units: 256, activation: 'relu', name: 'dense' }),
    dropout({ rate: 0.5, name: 'dropout' }),
    answer(),
  ]);
}

const SMALL: FaceInput = { side: 48, channels: 1 };

/** The networks that can be trained alongside Mien's own. */
export const SEED_NETWORKS = {
  'seed-bilstm': { input: SMALL, claimedAccuracy: null, build: bilstm },
  'seed-cnn4': { input: SMALL, claimedAccuracy: 0.65, build: cnn4 },
  'seed-separable': { input: { side: 224, channels: 1 }, claimedAccuracy: 0.79, build: separable },
  'seed-vgg': { input: SMALL, claimedAccuracy: 0.71, build: vgg },
} as const satisfies Record<string, SeedNetwork>;
