import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeModel } from './model-file/build-layers';
import { SEED_NETWORKS } from './seed-networks';

beforeAll(() => tf.setBackend('cpu'));

/** Parameter counts: for `seed-separable`, from its description's table; for the others, counted by hand from their layers. */
const PARAMETERS = {
  'seed-bilstm': 320 + 128 + 18_496 + 256 + 73_856 + 512 + 918_528 + 164_352 + 25_800 + 1_407,
  'seed-cnn4': 320 + 18_496 + 73_856 + 147_584 + 2_098_176 + 7_175,
  'seed-separable': 2_286_631,
  'seed-vgg': 896 + 37_184 + 74_368 + 148_096 + 296_192 + 591_104 + 2_359_552 + 1_799,
} as const;

describe.each(Object.entries(PARAMETERS))('%s', (id, parameters) => {
  it(`has ${parameters} parameters, takes its faces and gives seven probabilities`, () => {
    const { build, input } = SEED_NETWORKS[id as keyof typeof PARAMETERS];
    const model = build();
    expect(model.countParams()).toBe(parameters);
    expect(model.inputs[0]?.shape).toEqual([null, input.side, input.side, input.channels]);
    expect(model.outputs.map(({ shape }) => shape)).toEqual([[null, 7]]);
    disposeModel(model);
  });
});

it('has the trainable parameters in the table of seed-separable', () => {
  const model = SEED_NETWORKS['seed-separable'].build();
  const trainable = model.trainableWeights.reduce((sum, weight) => sum + weight.shape.reduce<number>((product, size) => product * (size ?? 1), 1), 0);
  expect(trainable).toBe(2_272_935);
  disposeModel(model);
});
