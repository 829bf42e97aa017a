import * as tf from '@tensorflow/tfjs-layers';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';

/** Widths and depths of one expression network; every convolution is 3×3. */
export interface NetworkPlan {
  /** Channels of the convolution at full resolution. */
  stem: number;
  /** One entry per halving of the resolution: channels, and how many residual blocks follow. */
  stages: readonly { channels: number; blocks: number }[];
  /** Channels of the plain convolutions at the last resolution, before pooling. */
  last: readonly number[];
  /** Share of pooled features dropped while training, 0–1. */
  dropout: number;
}

/**
 * The plans that exist. No operation is slow on WebGL, where op count costs more than arithmetic.
 *
 * `mien-s`, the one that ships: 62 M multiply-adds, 1.7 M parameters. `mien-xs`, for ablations: 13 M, 0.2 M.
 * Teachers, which never ship: `mien-w`, `mien-s` with twice the channels after its stem, 0.2 G, 6.7 M; `mien-t`, for a GPU, 0.9 G, 13 M.
 */
export const NETWORK_PLANS = {
  'mien-s': {
    stem: 32,
    stages: [
      { channels: 32, blocks: 1 },
      { channels: 64, blocks: 1 },
      { channels: 128, blocks: 2 },
      { channels: 256, blocks: 0 },
    ],
    last: [256],
    dropout: 0.2,
  },
  'mien-xs': {
    stem: 16,
    stages: [
      { channels: 16, blocks: 1 },
      { channels: 32, blocks: 1 },
      { channels: 64, blocks: 1 },
    ],
    last: [96],
    dropout: 0.3,
  },
  'mien-w': {
    stem: 32,
    stages: [
      { channels: 64, blocks: 1 },
      { channels: 128, blocks: 1 },
      { channels: 256, blocks: 2 },
      { channels: 512, blocks: 0 },
    ],
    last: [512],
    dropout: 0.5,
  },
  'mien-t': {
    stem: 64,
    stages: [
      { channels: 96, blocks: 2 },
      { channels: 192, blocks: 3 },
      { channels: 384, blocks: 3 },
    ],
    last: [512],
    dropout: 0.5,
  },
} as const satisfies Record<string, NetworkPlan>;

/** Pixels on a side of the face crop that every network takes. */
export const NETWORK_INPUT_SIZE = 48;

/** Names of the two output layers, seven logits each, in the order of `EXPRESSIONS`. */
export const NETWORK_HEADS = ['fer2013', 'ferplus'] as const;

/**
 * Builds the network as a tf.layers model: input [n, 48, 48, 1], outputs two logits [n, 7].
 *
 * With `form: 'training'` each convolution is followed by its batch norm; with `form: 'shipped'`
 * the norm is folded into the convolution's bias and the ReLU fused into it where no sum comes
 * between. Layer names are the same in both, so folded weights can be loaded by name.
 */
export function buildExpressionNetwork(
  plan: NetworkPlan,
  form: 'training' | 'shipped',
): tf.LayersModel {
  const conv = (x: SymbolicTensor, channels: number, strides: number, name: string, relu: boolean) => {
    const shipped = form === 'shipped';
    let y = tf.layers
      .conv2d({
        filters: channels,
        kernelSize: 3,
        strides,
        padding: 'same',
        useBias: shipped,
        activation: shipped && relu ? 'relu' : undefined,
        kernelInitializer: 'heNormal',
        name,
      })
      .apply(x) as SymbolicTensor;
    if (shipped) return y;
    y = tf.layers.batchNormalization({ name: `${name}_norm`, epsilon: 1e-5 }).apply(y) as SymbolicTensor;
    return relu
      ? (tf.layers.activation({ activation: 'relu', name: `${name}_relu` }).apply(y) as SymbolicTensor)
      : y;
  };

  const input = tf.input({ shape: [NETWORK_INPUT_SIZE, NETWORK_INPUT_SIZE, 1], name: 'face' });
  let x = conv(input, plan.stem, 1, 'stem', true);
  plan.stages.forEach(({ channels, blocks }, s) => {
    x = conv(x, channels, 2, `stage${s + 1}_down`, true);
    for (let b = 1; b <= blocks; b++) {
      const name = `stage${s + 1}_block${b}`;
      const inner = conv(conv(x, channels, 1, `${name}_a`, true), channels, 1, `${name}_b`, false);
      const sum = tf.layers.add({ name: `${name}_sum` }).apply([x, inner]) as SymbolicTensor;
      x = tf.layers.activation({ activation: 'relu', name: `${name}_relu` }).apply(sum) as SymbolicTensor;
    }
  });
  plan.last.forEach((channels, i) => {
    x = conv(x, channels, 1, `last${i + 1}`, true);
  });
  x = tf.layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as SymbolicTensor;
  if (form === 'training') {
    x = tf.layers.dropout({ rate: plan.dropout, name: 'dropout' }).apply(x) as SymbolicTensor;
  }
  const outputs = NETWORK_HEADS.map(
    (head) => tf.layers.dense({ units: 7, name: head }).apply(x) as SymbolicTensor,
  );
  return tf.model({ inputs: input, outputs });
}
