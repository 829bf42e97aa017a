import * as tf from '@tensorflow/tfjs-layers';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { COVERING_PLAN, NETWORK_HEADS, NETWORK_INPUT_SIZE, type NetworkPlan } from './plans';

type Form = 'training' | 'shipped';

/** 3×3 convolutions for a form of a network: followed by batch norm, or with the norm folded in. */
function convolutions(form: Form) {
  return (x: SymbolicTensor, channels: number, strides: number, name: string, relu: boolean): SymbolicTensor => {
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
}

/**
 * Builds the network that detects hidden parts of a face: input [n, 48, 48, 1], one output of logits [n, 3]. Forms as in `buildExpressionNetwork`.
 */
export function buildCoveringNetwork(form: Form): tf.LayersModel {
  const conv = convolutions(form);
  const input = tf.input({ shape: [NETWORK_INPUT_SIZE, NETWORK_INPUT_SIZE, 1], name: 'face' });
  const { halvings, last } = COVERING_PLAN;
  let x = halvings.reduce((y, channels, i) => conv(y, channels, 2, `down${i + 1}`, true), input);
  x = conv(x, last, 1, 'last', true);
  x = tf.layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as SymbolicTensor;
  const output = tf.layers.dense({ units: COVERING_PLAN.outputs, name: 'hidden' }).apply(x) as SymbolicTensor;
  return tf.model({ inputs: input, outputs: output });
}

/**
 * Builds the network as a tf.layers model: input [n, 48, 48, 1], two outputs of logits [n, 7].
 *
 * With `form: 'training'`, each convolution is followed by its batch norm; with `form: 'shipped'`, the norm is folded into the convolution's bias and
 * the ReLU is fused into it unless a sum comes in between. Layer names are the same in both forms, so folded weights can be loaded by name.
 */
export function buildExpressionNetwork(
  plan: NetworkPlan,
  form: Form,
): tf.LayersModel {
  const conv = convolutions(form);
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
