import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { buildLayers, disposeModel } from './build-layers';
import { planNetwork } from './keras-config';
import { fillWeights, weightsNamed } from './keras-weights';

it('assigns weights to layers whose names contain slashes', () => {
  const names = ['net/Conv/kernel', 'net/block/squeeze/Conv/kernel', 'net/block/squeeze/Conv/bias', 'net/lstm/lstm_cell/kernel', 'net/seed_generator/state', 'net/Conv/norm/gamma'];
  const layers = ['Conv', 'Conv/norm', 'block/squeeze/Conv', 'lstm'];
  expect(weightsNamed(names, 'Conv', layers)).toEqual(['net/Conv/kernel']);
  expect(weightsNamed(names, 'Conv/norm', layers)).toEqual(['net/Conv/norm/gamma']);
  expect(weightsNamed(names, 'block/squeeze/Conv', layers)).toEqual(names.slice(1, 3));
  expect(weightsNamed(names, 'lstm', layers)).toEqual(['net/lstm/lstm_cell/kernel']);
  expect(weightsNamed(names, 'dense', layers)).toEqual([]);
  expect(weightsNamed(names, null, layers)).toHaveLength(5);
});

const CONVOLUTION = { class_name: 'Conv2D', config: { name: 'c', filters: 1, kernel_size: [2, 1], strides: [1, 1], padding: 'valid' } };

it.each([
  ['a convolution', [null, 4, 4, 1], CONVOLUTION],
  ['a convolution applied at every step', [null, 3, 4, 4, 1], { class_name: 'TimeDistributed', config: { name: 't', layer: CONVOLUTION } }],
])("flips Theano's kernels of %s", async (_, shape, layer) => {
  await tf.setBackend('cpu');
  const input = { class_name: 'InputLayer', config: { name: 'i', batch_input_shape: shape } };
  const plan = planNetwork({ class_name: 'Sequential', config: { name: 'net', layers: [input, layer] } }, 2, true);
  const model = await buildLayers(plan.topology);
  const stored = [
    { shape: [2, 1, 1, 1], values: Float32Array.of(1, 2) },
    { shape: [1], values: Float32Array.of(0) },
  ];
  fillWeights(model, plan.owners, () => stored, true);
  expect([...(model.getWeights()[0]?.dataSync() ?? [])]).toEqual([2, 1]);
  disposeModel(model);
});
