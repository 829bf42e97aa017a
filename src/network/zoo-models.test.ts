import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { EXPRESSIONS } from '../engine/labels';
import { listedModels } from '../engine/model-list';
import { BroughtModel } from './brought-model';
import { SEED_NETWORKS } from './seed-networks';
import { loadZooCards, loadZooSource } from './zoo';

const BASE = 'https://mien.invalid/';
const PUBLIC = new URL('../../public/', import.meta.url);

beforeAll(async () => {
  setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
});
afterAll(() => tf.setBackend('cpu'));
beforeEach(() => {
  vi.stubGlobal('fetch', (url: string) => Promise.resolve(new Response(readFileSync(new URL(new URL(url).pathname.slice(1), PUBLIC)))));
});
afterEach(() => vi.unstubAllGlobals());

/** Drawn crops, and PyTorch's probabilities for them with the stored weights: `training.zoo.export`. */
function goldenOf(id: string): { faces: Float32Array; answers: number[][] } {
  const { crops, answers } = JSON.parse(readFileSync(new URL(`models/${id}/golden.json`, PUBLIC), 'utf8')) as { crops: string; answers: number[][] };
  return { faces: Float32Array.from(Buffer.from(crops, 'base64'), (byte) => byte / 255), answers };
}

it('lists every zoo network in the folder, and each answers as in PyTorch', { timeout: 120_000 }, async () => {
  const { serving, models } = await listedModels(BASE, 'default');
  const folders = readdirSync(fileURLToPath(new URL('models/', PUBLIC))).filter((name) => name in SEED_NETWORKS);
  expect(models.map(({ id }) => id).filter((id) => id !== serving).sort()).toEqual(folders.sort());
  for (const card of await loadZooCards(BASE)) {
    const model = await BroughtModel.open(await loadZooSource(BASE, card.id), BASE, () => Promise.reject(new Error('nothing was lost')));
    const { faces, answers } = goldenOf(card.id);
    const given = await model.classify(faces);
    expect(model.report).toMatchObject({ parameters: card.parameters, input: card.input, scaling: card.scaling, labels: card.labels });
    expect(card.input).toEqual(SEED_NETWORKS[card.id as keyof typeof SEED_NETWORKS].input);
    model.dispose();
    expect(given).toHaveLength(answers.length);
    given.forEach((shares, i) => EXPRESSIONS.forEach((expression, k) => expect(shares.probabilities[expression], `${card.id}: ${expression}`).toBeCloseTo(answers[i]?.[k] ?? NaN, 3)));
  }
});
