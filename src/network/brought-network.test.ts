import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { strToU8 } from 'fflate';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { BroughtNetwork } from './brought-network';
import { disposeModel } from './model-file/build-layers';
import type { NamedBytes } from './model-file/read-model';

beforeAll(() => tf.setBackend('cpu'));
afterEach(() => expect(tf.memory().numTensors, 'tensors left behind').toBe(0));

interface Output {
  readonly name: string;
  readonly units: number;
}

/** A network with one dense layer per output, as saved by `model.save`. All weights are 0; each bias is its index. */
async function network(shape: number[], outputs: readonly Output[]): Promise<NamedBytes[]> {
  const input = layers.input({ shape });
  const flat = layers.layers.reshape({ targetShape: [shape.reduce((product, size) => product * size, 1)] }).apply(input) as layers.SymbolicTensor;
  const model = layers.model({
    inputs: input,
    outputs: outputs.map(({ name, units }) => layers.layers.dense({ name, units, kernelInitializer: 'zeros' }).apply(flat) as layers.SymbolicTensor),
  });
  for (const { name, units } of outputs) {
    const [kernel] = model.getLayer(name).getWeights();
    tf.tidy(() => model.getLayer(name).setWeights([kernel as tf.Tensor, tf.range(0, units)]));
  }
  let files: NamedBytes[] = [];
  await model.save(
    tf.io.withSaveHandler(({ modelTopology, weightSpecs, weightData }) => {
      const json = { modelTopology, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] };
      files = [
        { path: 'model.json', bytes: strToU8(JSON.stringify(json)) },
        { path: 'weights.bin', bytes: new Uint8Array(weightData as ArrayBuffer) },
      ];
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
  );
  disposeModel(model);
  return files;
}

it.each([
  ['by its name', [{ name: 'age', units: 7 }, { name: 'emotion', units: 6 }], 6],
  ['by its classes', [{ name: 'a', units: 101 }, { name: 'b', units: 7 }, { name: 'c', units: 2 }], 7],
])('selects the expression output %s', async (_, outputs, classes) => {
  const model = await BroughtNetwork.open(await network([8, 8, 1], outputs));
  expect(model.facts).toMatchObject({ classes, heads: 1, output: 'logits' });
  const answers = await model.predict(new Float32Array(64));
  // Softmax of 0, 1, 2 …: each is e times the previous one.
  expect((answers[1] ?? 0) / (answers[0] ?? NaN)).toBeCloseTo(Math.E, 4);
  model.dispose();
});

it('lists the outputs if none of them is known to be expressions', async () => {
  const files = await network([8, 8, 1], [{ name: 'a', units: 6 }, { name: 'b', units: 7 }]);
  await expect(BroughtNetwork.open(files)).rejects.toMatchObject({ reason: 'not-a-classifier', detail: 'outputs of 6, 7 numbers are no classes' });
});

it.each([
  [[48, 48], 48, 1],
  [[2304], 48, 1],
  [[6912], 48, 3],
])('treats an input of shape %j as a square picture', async (shape, side, channels) => {
  const model = await BroughtNetwork.open(await network(shape, [{ name: 'emotion', units: 7 }]));
  expect(model.facts).toMatchObject({ side, channels });
  expect(await model.predict(new Float32Array(2 * model.faceLength))).toHaveLength(14);
  model.dispose();
});

it.each([[[48, 40]], [[2303]], [[4]], [[48, 64, 1]]])('rejects an input of shape %j, which is not a square picture', async (shape) => {
  await expect(BroughtNetwork.open(await network(shape, [{ name: 'emotion', units: 7 }]))).rejects.toMatchObject({ reason: 'not-a-classifier', detail: `input [${shape.join()}]` });
});
