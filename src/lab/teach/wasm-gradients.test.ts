import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { registerWasmGradients } from './wasm-gradients';

beforeAll(() => {
  setWasmPaths(fileURLToPath(new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)));
});

const wave = (length: number, step: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * step) + Math.cos(i * step * 0.37));

/** Gradients of a weighted sum of a convolution with respect to its input and its filter. */
async function gradients(backend: 'cpu' | 'wasm', size: number, kernel: number, strides: 1 | 2, pad: 'same' | 'valid'): Promise<number[]> {
  await tf.setBackend(backend);
  if (backend === 'wasm') registerWasmGradients();
  const before = tf.memory().numTensors;
  const x = tf.tensor4d(wave(3 * size * size * 2, 0.7), [3, size, size, 2]);
  const w = tf.tensor4d(wave(kernel * kernel * 2 * 4, 1.3), [kernel, kernel, 2, 4]);
  const f = (input: tf.Tensor4D, filter: tf.Tensor4D) => {
    const y = tf.conv2d(input, filter, strides, pad);
    return tf.sum<tf.Scalar>(tf.mul(y, tf.tensor4d(wave(y.size, 0.9), y.shape)));
  };
  const found = tf.grads(f as (...tensors: tf.Tensor[]) => tf.Tensor)([x, w]);
  const values = found.flatMap((gradient) => Array.from(gradient.dataSync()));
  tf.dispose([x, w, ...found]);
  expect(tf.memory().numTensors).toBe(before);
  return values;
}

it.each([
  [8, 3, 1, 'same'],
  [8, 3, 2, 'same'],
  [7, 3, 2, 'same'],
  [8, 3, 1, 'valid'],
  [9, 3, 2, 'valid'],
  [10, 3, 2, 'valid'],
  [6, 1, 1, 'same'],
  [6, 1, 2, 'same'],
  [9, 5, 2, 'same'],
] as const)('matches the gradients of plain JavaScript for %i pixels, kernel %i, strides %i, %s', async (size, kernel, strides, pad) => {
  const expected = await gradients('cpu', size, kernel, strides, pad);
  const found = await gradients('wasm', size, kernel, strides, pad);
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 3));
});
