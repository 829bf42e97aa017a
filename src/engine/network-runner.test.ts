import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { activateBackend, tensorMemory } from './backend';
import { NetworkRunner } from './network-runner';
import type { ModelFiles } from './model-files';

const LEVEL = { power: 1, temperature: 1 };
const FOLDER = new URL('../../public/models/mien-s/', import.meta.url);

interface LayerJson {
  class_name: string;
  config: Record<string, unknown>;
}

interface ModelJson {
  modelTopology: { config: { layers: LayerJson[] } };
  weightsManifest: { weights: { name: string; shape: number[] }[] }[];
}

/** The shipped model's files, optionally with a changed topology. */
function shipped(change: (layers: LayerJson[]) => void = () => undefined): ModelFiles {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(new URL('model.json', FOLDER), 'utf8')) as ModelJson;
  change(modelTopology.config.layers);
  const bytes = Uint8Array.from(readFileSync(new URL('weights.bin', FOLDER)));
  return {
    identity: { id: '', version: '', sha256: '' },
    mixing: {
      on: 'probabilities',
      shares: {},
      priors: {},
      levels: { cautious: LEVEL, balanced: LEVEL, eager: LEVEL },
    },
    topology: modelTopology,
    weightSpecs: weightsManifest[0]?.weights ?? [],
    weightData: bytes.buffer,
    knownAnswer: { crops: new Float32Array(), count: 0, logits: {}, shown: { cautious: [], balanced: [], eager: [] } },
  };
}

beforeAll(async () => {
  expect(await activateBackend('cpu', 'https://mien.invalid/')).toBe(true);
});

describe('NetworkRunner', () => {
  it('matches tfjs-layers, and frees every tensor', async () => {
    const files = shipped();
    const before = tensorMemory().numTensors;
    const network = NetworkRunner.create(files);
    const model = await loadLayersModel(
      tf.io.fromMemory({
        modelTopology: files.topology,
        weightSpecs: files.weightSpecs as tf.io.WeightsManifestEntry[],
        weightData: files.weightData,
      }),
    );
    expect(network.heads).toEqual(model.outputNames);
    const [ours, theirs] = tf.tidy(() => {
      const crops = tf.randomNormal<tf.Rank.R4>([2, 48, 48, 1], 0, 1, 'float32', 1);
      return [network.run(crops).arraySync(), tf.concat(model.apply(crops, { training: false }) as tf.Tensor2D[], 1).arraySync()];
    });
    expect(ours).toHaveLength(2);
    expect(ours[0]).toHaveLength(14);
    expect(ours).toEqual(theirs);
    model.dispose();
    network.dispose();
    expect(tensorMemory().numTensors).toBe(before);
  }, 60_000);

  const layerOf = (layers: LayerJson[], kind: string) => layers.find((l) => l.class_name === kind) ?? { class_name: '', config: {} };
  it.each<[string, (layers: LayerJson[]) => void]>([
    ['a layer of another kind', (layers) => (layerOf(layers, 'Add').class_name = 'Multiply')],
    ['another activation', (layers) => (layerOf(layers, 'Activation').config['activation'] = 'selu')],
    ['holes in a convolution', (layers) => (layerOf(layers, 'Conv2D').config['dilation_rate'] = [2, 2])],
    ['a layer whose weights are missing', (layers) => (layerOf(layers, 'Dense').config['name'] = 'elsewhere')],
    ['another input', (layers) => (layerOf(layers, 'InputLayer').config['batch_input_shape'] = [null, 64, 64, 1])],
    ['no layers', (layers) => (layers.length = 0)],
  ])('refuses %s, and holds nothing', (_, change) => {
    const before = tensorMemory().numTensors;
    expect(() => NetworkRunner.create(shipped(change))).toThrow(expect.objectContaining({ kind: 'model', reason: 'incompatible' }));
    expect(tensorMemory().numTensors).toBe(before);
  });
});
