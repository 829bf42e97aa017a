import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it, vi } from 'vitest';
import { loadModelFiles, type ModelFiles } from '../../engine/model-files';
import { BroughtModel } from '../../network/brought-model';
import { FACE_SIDE, LUMINANCE_BYTES, modelInput } from '../faces';
import { NO_AUGMENTATION, USUAL_AUGMENTATION } from './augment';
import { openTrainable } from './trainable';
import { Training, type Checkpoint, type LabelledFaces, type TrainingSetup } from './training';
import { registerWasmGradients } from './wasm-gradients';
import { filesOf, putWeights, weightsOf } from './weights';

const PUBLIC = new URL('../../../public/', import.meta.url);
const BASE = 'https://mien.invalid/';
const CLASSES = ['lying', 'standing'];

let shipped: ModelFiles;
beforeAll(async () => {
  setWasmPaths(fileURLToPath(new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)));
  await tf.setBackend('wasm');
  registerWasmGradients();
  vi.stubGlobal('fetch', (url: string) => Promise.resolve(new Response(readFileSync(new URL(url.replace(BASE, ''), PUBLIC)))));
  shipped = await loadModelFiles(BASE);
  vi.unstubAllGlobals();
});

/** Horizontal and vertical stripes with slight variations. */
function stripes(count: number, from: number): LabelledFaces {
  const luminance = new Uint8Array(count * LUMINANCE_BYTES);
  for (let face = 0; face < count; face++) {
    for (let i = 0; i < LUMINANCE_BYTES; i++) {
      const along = face % 2 === 0 ? Math.floor(i / FACE_SIDE) : i % FACE_SIDE;
      luminance[face * LUMINANCE_BYTES + i] = 128 + Math.round(60 * Math.sin(along * (0.5 + ((face + from) % 7) / 20) + face));
    }
  }
  return { luminance, labels: Array.from({ length: count }, (_, face) => face % 2) };
}

function setupOf(change: Partial<TrainingSetup>): TrainingSetup {
  return {
    ...{ network: 'mien-xs', classes: CLASSES, augmentation: NO_AUGMENTATION, train: stripes(16, 0), validation: stripes(4, 3) },
    plan: { epochs: 6, batch: 4, learningRate: 0.004, patience: 8, plateau: 6 },
    ...change,
  };
}

const never = () => false;
const nothing = () => undefined;

/** Training computes for half a minute, and takes several on a busy machine. */
const PATIENCE_MS = 300_000;

it('learns to separate two classes from scratch, and answers the same after a round trip through its files', async () => {
  const before = tf.memory().numTensors;
  const setup = setupOf({ augmentation: { ...USUAL_AUGMENTATION, rotationDeg: 5 } });
  const training = new Training(await openTrainable('mien-xs', 2, null, null), setup);
  await training.trial(4);
  const steps: number[] = [];
  while (!training.state.isOver) await training.epoch(({ done }) => steps.push(done), never);
  training.restoreBest();
  expect(steps).toEqual(training.state.rows.flatMap(() => [1, 2, 3, 4]));
  const held = stripes(16, 5);
  const shares = await training.answer(held.luminance);
  // Chance is 0.5. Initial weights are random: after so few steps, a face or two may still be wrong.
  const right = held.labels.reduce((sum, label, face) => sum + (shares[face * 2 + label] ?? 0), 0) / held.labels.length;
  expect(right).toBeGreaterThan(0.7);
  // Possibly the first epoch: a lucky start leaves nothing to learn.
  expect(training.state.best?.valLoss).toBe(Math.min(...training.state.rows.map(({ valLoss }) => valLoss)));
  training.dispose();
  expect(tf.memory().numTensors).toBe(before);
}, PATIENCE_MS);

it('fine-tunes the shipped network, and resumes seamlessly from a checkpoint', async () => {
  const setup = setupOf({ network: 'fine-tune', train: stripes(6, 0), validation: stripes(2, 3), plan: { epochs: 3, batch: 3, learningRate: 1e-4, patience: 9, plateau: 1 } });
  const head = { kernel: new Float32Array(256 * 2), bias: new Float32Array(2) };
  const before = tf.memory().numTensors;
  const whole = new Training(await openTrainable('fine-tune', 2, shipped, head), setup);
  const checkpoints: Checkpoint[] = [];
  for (let i = 0; i < 3; i++) checkpoints.push(structuredClone((await whole.epoch(nothing, never)) ?? fail()));
  whole.dispose();
  const again = new Training(await openTrainable('fine-tune', 2, shipped, head), setup);
  await again.resume(checkpoints[1] ?? fail());
  const last = (await again.epoch(nothing, never)) ?? fail();
  expect(last.state.rows.at(-1)).toMatchObject({ epoch: 2 });
  const expected = checkpoints[2] ?? fail();
  expect(last.state.learningRate).toBe(expected.state.learningRate);
  last.weights.forEach((weight, i) => {
    if (Math.abs(weight - (expected.weights[i] ?? NaN)) > 1e-5) throw new Error(`weight ${i}: ${weight}, expected ${expected.weights[i]}`);
  });
  expect(await again.epoch(nothing, () => true)).toBeNull();
  again.dispose();
  expect(tf.memory().numTensors).toBe(before);
}, PATIENCE_MS);

it('writes self-describing files that answer like the network', async () => {
  const model = await openTrainable('fine-tune', 2, shipped, null);
  const training = new Training(model, setupOf({ network: 'fine-tune' }));
  const { modelJson, weights, parameters } = await filesOf(model, CLASSES);
  const faces = { luminance: stripes(2, 0).luminance, colors: null };
  const expected = await training.answer(faces.luminance);
  const parts = [{ path: 'own/model.json', content: new Blob([modelJson]) }, { path: 'own/weights.bin', content: new Blob([weights]) }];
  const read = await BroughtModel.open({ name: 'own', files: parts, scaling: null, labels: null }, BASE, () => Promise.reject(new Error('nothing was lost')), 'own');
  expect(read.report).toMatchObject({ scaling: 'per-face', labels: CLASSES, output: 'softmax', parameters });
  (await read.predict(modelInput(faces, read.input))).forEach((share, i) => expect(share).toBeCloseTo(expected[i] ?? NaN, 4));
  read.dispose();
  const all = await weightsOf(model);
  expect(() => putWeights(model, all.subarray(1))).toThrow(RangeError);
  training.dispose();
});

function fail(): never {
  throw new Error('nothing came of an epoch');
}
