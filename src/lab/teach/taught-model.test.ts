import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it, vi } from 'vitest';
import { loadModelFiles, type ModelFiles } from '../../engine/model-files';
import { BroughtModel } from '../../network/brought-model';
import { LUMINANCE_BYTES, modelInput, type FaceBatch } from '../faces';
import { Trunk } from '../models/trunk';
import { applyHead, type Head } from './softmax-regression';
import { taughtModel } from './taught-model';

const PUBLIC = new URL('../../../public/', import.meta.url);
const BASE = 'https://mien.invalid/';
const LABELS = ['concentrated', 'tongue out', 'sad'];

let files: ModelFiles;
beforeAll(async () => {
  // Plain JavaScript would take seconds per face.
  setWasmPaths(fileURLToPath(new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)));
  await tf.setBackend('wasm');
  vi.stubGlobal('fetch', (url: string) => Promise.resolve(new Response(readFileSync(new URL(url.replace(BASE, ''), PUBLIC)))));
  files = await loadModelFiles(BASE);
  vi.unstubAllGlobals();
});

const faces: FaceBatch = { luminance: Uint8Array.from({ length: 2 * LUMINANCE_BYTES }, (_, i) => (i * 37 + Math.floor(i / 97) * 11) % 256), colors: null };

function someHead(width: number): Head {
  return { kernel: Float32Array.from({ length: width * 3 }, (_, i) => Math.sin(i) / 8), bias: Float32Array.of(0.1, -0.2, 0.3) };
}

it('answers like its trunk and head after a round trip through its files, and states its input', async () => {
  const trunk = Trunk.open(files);
  const head = someHead(trunk.width);
  const { modelJson, weights, parameters } = taughtModel(files, head, LABELS);
  const expected = applyHead(head, await trunk.features(faces), trunk.width);
  trunk.dispose();
  const parts = [{ path: 'own/model.json', content: new Blob([modelJson]) }, { path: 'own/weights.bin', content: new Blob([weights]) }];
  const model = await BroughtModel.open({ name: 'own', files: parts, scaling: null, labels: null }, BASE, () => Promise.reject(new Error('nothing was lost')), 'own');
  expect(model.report).toMatchObject({ scaling: 'per-face', labels: LABELS, labelsConfidence: null, output: 'softmax', parameters });
  const answers = await model.predict(modelInput(faces, model.input));
  Array.from(answers).forEach((share, i) => expect(share).toBeCloseTo(expected[i] ?? NaN, 4));
  model.dispose();
  expect(tf.memory().numTensors).toBe(0);
});

it('localizes a face’s expression: the evidence sums to the margin of the outputs', async () => {
  const trunk = Trunk.open(files);
  const one = { luminance: faces.luminance.subarray(0, LUMINANCE_BYTES), colors: null };
  const { side, evidence } = await trunk.activation(one);
  expect(evidence).toHaveLength(7 * side ** 2);
  const features = await trunk.features(one);
  trunk.dispose();
  const weights = tf.io.decodeWeights(files.weightData, files.weightSpecs as tf.io.WeightsManifestEntry[]);
  const score = Array.from({ length: 7 }, (_, k) =>
    Object.entries(files.mixing.shares).reduce((sum, [name, share]) => {
      const kernel = weights[`${name}/kernel`]?.dataSync() ?? [];
      return sum + share * features.reduce((dot, value, i) => dot + value * (kernel[i * 7 + k] ?? 0), 0);
    }, 0),
  );
  tf.dispose(weights);
  const mean = score.reduce((sum, value) => sum + value, 0) / 7;
  score.forEach((value, k) => {
    const own = evidence.subarray(k * side ** 2, (k + 1) * side ** 2).reduce((sum, each) => sum + each, 0);
    expect(own).toBeCloseTo(value - mean, 3);
  });
});
