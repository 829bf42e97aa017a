import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disposeModel } from './model-file/build-layers';
import { SEED_NETWORKS } from './seed-networks';

/** PyTorch's probabilities with the formula's weights below: `python -m training.zoo.formula`. */
const ANSWERS = JSON.parse(readFileSync(new URL('../../training/topologies/seeds/answers.json', import.meta.url), 'utf8')) as Record<string, number[][]>;

beforeAll(async () => {
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
});
afterAll(() => tf.setBackend('cpu'));

/** Same as `numbers` in training/zoo/formula.py: −0.5 to 0.5. */
function numbers(count: number, seed: number): Float64Array {
  return new Float64Array(count).map((_, i) => {
    const mixed = (i * 7919 + seed * 104_729) % 2_000_003;
    return ((mixed * mixed + 12_345 * mixed) % 2_003) / 2_002 - 0.5;
  });
}

/** Same as `weight` in training/zoo/formula.py. */
function weightOf(name: string, shape: readonly number[], seed: number): tf.Tensor {
  const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1);
  const values = numbers(product(shape), seed);
  const part = name.split('/').at(-1) ?? '';
  const kernel = 2 * Math.sqrt(6 / product(part === 'depthwise_kernel' ? shape.slice(0, 2) : shape.slice(0, -1)));
  const formed = values.map((value) => {
    if (part.endsWith('kernel')) return kernel * value;
    return part === 'moving_variance' ? 1 + value : 0.2 * value + (part === 'gamma' ? 1 : 0);
  });
  return tf.tensor(Float32Array.from(formed), shape as number[]);
}

function fill(model: LayersModel): void {
  let seed = 0;
  for (const layer of model.layers) {
    tf.tidy(() => layer.setWeights(layer.weights.map(({ originalName, shape }) => weightOf(originalName, shape as number[], seed++))));
  }
}

describe.each(Object.keys(SEED_NETWORKS) as (keyof typeof SEED_NETWORKS)[])('%s', (id) => {
  it('answers like its PyTorch counterpart', { timeout: 120_000 }, () => {
    const { build, input } = SEED_NETWORKS[id];
    const expected = ANSWERS[id] ?? [];
    const model = build();
    fill(model);
    const pixels = Float32Array.from(numbers(expected.length * input.side ** 2, 1), (value) => value + 0.5);
    const answers = tf.tidy(() => (model.predict(tf.tensor4d(pixels, [expected.length, input.side, input.side, input.channels])) as tf.Tensor).arraySync() as number[][]);
    disposeModel(model);
    expect(answers).toHaveLength(2);
    answers.flat().forEach((share, i) => expect(share).toBeCloseTo(expected.flat()[i] ?? NaN, 4));
  });
});
