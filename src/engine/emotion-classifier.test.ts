import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { activateBackend, tensorMemory } from './backend';
import type * as Backend from './backend';
import { EmotionClassifier } from './emotion-classifier';
import { NetworkRunner } from './network-runner';
import { CROP_SIZE } from './face-crop';
import { EXPRESSIONS } from './labels';
import { loadModelFiles, type ModelFiles } from './model-files';

/** Node has no WebGL, so the CPU stands in for it. */
vi.mock('./backend', async (original) => {
  const actual = await original<typeof Backend>();
  const activate: typeof activateBackend = (name, base) => actual.activateBackend(name === 'webgl' ? 'cpu' : name, base);
  return { ...actual, activateBackend: activate };
});

const PUBLIC = new URL('../../public/', import.meta.url);

/** Serves our committed files to the engine's fetch; `change` may alter one on the way. */
function servePublic(change: (path: string, bytes: Buffer) => Buffer | null = (_, bytes) => bytes): void {
  vi.stubGlobal('fetch', (url: string) => {
    const path = new URL(url).pathname.slice(1);
    const bytes = change(path, readFileSync(new URL(path, PUBLIC)));
    return Promise.resolve(bytes ? new Response(new Uint8Array(bytes)) : new Response('', { status: 404 }));
  });
}

const BASE = 'https://mien.invalid/';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the shipped model', () => {
  it('matches PyTorch on the CPU backend, and frees every tensor', async () => {
    servePublic();
    const files = await loadModelFiles(BASE);
    await activateBackend('cpu', BASE);
    const before = tensorMemory().numTensors;
    // `create` itself compares with the golden answers.
    const classifier = await EmotionClassifier.create('cpu', files, BASE);
    if (typeof classifier === 'string') throw new Error(classifier);
    const loaded = tensorMemory().numTensors;
    const [blank] = await classifier.classify(new Float32Array(CROP_SIZE * CROP_SIZE));
    expect(blank && EXPRESSIONS.reduce((sum, e) => sum + blank[e], 0)).toBeCloseTo(1, 5);
    expect(tensorMemory().numTensors).toBe(loaded);
    classifier.dispose();
    expect(tensorMemory().numTensors).toBe(before);
  }, 60_000);

  describe('is rejected, and its backend freed,', () => {
    const changes: Readonly<Record<string, (files: ModelFiles) => ModelFiles>> = {
      'where its answers differ': (files) => {
        const crops = files.knownAnswer.crops.map((v, i) => (i % 7 === 0 ? 1 - v : v));
        return { ...files, knownAnswer: { ...files.knownAnswer, crops } };
      },
      'where one head differs and what is shown does not': (files) => {
        const { fer2013 = [], ...right } = files.knownAnswer.logits;
        const logits = { ...right, fer2013: fer2013.map((row) => row.toReversed()) };
        return { ...files, knownAnswer: { ...files.knownAnswer, logits } };
      },
      'where the rule of mixing differs': (files) => {
        const mixing = { ...files.mixing, shares: { fer2013: 0.5, ferplus: 0.5 } };
        return { ...files, mixing };
      },
    };
    it.each(Object.entries(changes))('%s', async (_, change) => {
      servePublic();
      await activateBackend('cpu', BASE);
      const factory = tf.findBackendFactory('cpu');
      expect(await EmotionClassifier.create('cpu', change(await loadModelFiles(BASE)), BASE)).toBe('wrong-answer');
      expect(await activateBackend('cpu', BASE)).toBe(false);
      // For the tests that follow.
      tf.registerBackend('cpu', factory);
    }, 60_000);
  });

  it.each([1, 2])('is rejected where WebGL gives wrong answers for batches of %i alone', async (size) => {
    servePublic();
    await activateBackend('cpu', BASE);
    const factory = tf.findBackendFactory('cpu');
    const right = Object.getOwnPropertyDescriptor(NetworkRunner.prototype, 'run')?.value as NetworkRunner['run'];
    vi.spyOn(NetworkRunner.prototype, 'run').mockImplementation(function (this: NetworkRunner, crops) {
      const logits = right.call(this, crops);
      return crops.shape[0] === size ? tf.reverse(logits, 1) : logits;
    });
    expect(await EmotionClassifier.create('webgl', await loadModelFiles(BASE), BASE)).toBe('wrong-answer');
    tf.registerBackend('cpu', factory);
  }, 60_000);

  it.each([
    ['webgl', [4, 1, 2], [8, 8, 8, 8, 2]],
    ['cpu', [1], [32, 2]],
  ] as const)('is warmed up on %s for the sizes of batches %j, and reads 34 faces in batches of %j', async (backend, warmUp, sizes) => {
    servePublic();
    const run = vi.spyOn(NetworkRunner.prototype, 'run');
    const batches = () => run.mock.calls.map(([crops]) => crops.shape[0]);
    const classifier = await EmotionClassifier.create(backend, await loadModelFiles(BASE), BASE);
    if (typeof classifier === 'string') throw new Error(classifier);
    expect(batches()).toEqual(warmUp);
    run.mockReset().mockImplementation(({ shape: [n] }) => tf.zeros([n, 2 * EXPRESSIONS.length]));
    expect(await classifier.classify(new Float32Array(34 * CROP_SIZE * CROP_SIZE))).toHaveLength(34);
    expect(batches()).toEqual(sizes);
    classifier.dispose();
  }, 60_000);

  it('has the checksum on its card', () => {
    const card = JSON.parse(readFileSync(new URL('models/mien-s/card.json', PUBLIC), 'utf8')) as { sha256: string };
    const weights = readFileSync(new URL('models/mien-s/weights.bin', PUBLIC));
    expect(createHash('sha256').update(weights).digest('hex')).toBe(card.sha256);
  });

  it.each([
    ['weights.bin', (b: Buffer) => Buffer.concat([b.subarray(0, -1), Buffer.from([b.at(-1) === 0 ? 1 : 0])]), 'corrupt'],
    ['weights.bin', () => null, 'not-found'],
    ['model.json', (b: Buffer) => b.subarray(0, 100), 'corrupt'],
    ['golden.json', () => Buffer.from('{}'), 'corrupt'],
    ['golden.json', (b: Buffer) => Buffer.from(b.toString().replace('"eager"', '"keen"')), 'corrupt'],
    ['card.json', (b: Buffer) => Buffer.from(b.toString().replace('"ferplus": 0.7', '"ferplus": 0.6')), 'corrupt'],
    ['card.json', (b: Buffer) => Buffer.from(b.toString().replace('"eager"', '"keen"')), 'corrupt'],
    ['card.json', (b: Buffer) => Buffer.from(b.toString().replace('"angry"', '"cross"')), 'incompatible'],
  ] as const)('is refused with a changed %s', async (file, change, reason) => {
    servePublic((path, bytes) => (path.endsWith(file) ? change(bytes) : bytes));
    await expect(loadModelFiles(BASE)).rejects.toMatchObject({ kind: 'model', reason });
  });
});
