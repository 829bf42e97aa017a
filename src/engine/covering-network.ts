import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { fetchAsset, fetchJson, pastDamage, sha256, type OnBytes } from './assets';
import { readValues } from './backend';
import { CROP_SIZE, standardise } from './crop-arithmetic';
import { MienError } from './errors';
import { readGraph, type GraphFiles } from './model-files';
import { NetworkRunner } from './network-runner';
import { HIDDEN_PARTS, type HiddenPart } from './types';

const FOLDER = 'models/covering/';
/** Largest deviation from PyTorch's probabilities; beyond it, the network is not used on this backend. */
const TOLERANCE = 0.01;
/** WebGL compiles programs per shape, so batches are padded to one of these sizes; more faces take several batches. */
const BATCHES = [1, 2, 4, 8] as const;
const LARGEST_BATCH = 8;
const CROP_LENGTH = CROP_SIZE * CROP_SIZE;
const PARTS = HIDDEN_PARTS.length;

/** The downloaded network, independent of any backend. */
export interface CoveringFiles extends GraphFiles {
  readonly golden: { /** Luminance 0–1, [n, 48, 48]. */ readonly crops: Float32Array; /** PyTorch's logits, [n, 3]. */ readonly hidden: readonly number[] };
}

const CardFile = v.object({ sha256: v.string(), outputs: v.tuple([v.literal('mouth'), v.literal('eyes'), v.literal('side')]) });
const GoldenFile = v.object({ crops: v.pipe(v.string(), v.base64()), hidden: v.pipe(v.array(v.pipe(v.array(v.number()), v.length(PARTS))), v.minLength(1)) });

/**
 * @param assetBase as in `EngineOptions`.
 * @param signal cancels the request (`model/network`).
 * @returns null if no such network is installed.
 * @throws MienError `model/network` or `model/corrupt`.
 */
export async function loadCoveringFiles(assetBase: string, onBytes?: OnBytes, signal?: AbortSignal): Promise<CoveringFiles | null> {
  const folder = new URL(FOLDER, assetBase).href;
  try {
    return await pastDamage((cache) => loadFrom(folder, cache, onBytes, signal));
  } catch (error) {
    if (error instanceof MienError && error.is('model', 'not-found')) return null;
    throw error;
  }
}

async function loadFrom(folder: string, cache: RequestCache, onBytes?: OnBytes, signal?: AbortSignal): Promise<CoveringFiles> {
  const [card, model, golden, weights] = await Promise.all([
    fetchJson(`${folder}card.json`, cache, onBytes, signal),
    fetchJson(`${folder}model.json`, cache, onBytes, signal),
    fetchJson(`${folder}golden.json`, cache, onBytes, signal),
    fetchAsset(`${folder}weights.bin`, cache, onBytes, signal),
  ]);
  const known = v.safeParse(v.object({ card: CardFile, golden: GoldenFile }), { card, golden });
  if (!known.success) throw new MienError('model', 'corrupt', `${folder}: ${v.summarize(known.issues)}`);
  const digest = await sha256(weights);
  if (digest !== null && digest !== known.output.card.sha256) throw new MienError('model', 'corrupt', `${folder}weights.bin has sha256 ${digest}`);
  const { crops, hidden } = known.output.golden;
  return { ...readGraph(model), weightData: weights.buffer, golden: { crops: Float32Array.from(atob(crops), (c) => c.charCodeAt(0) / 255), hidden: hidden.flat() } };
}

/** Probability that each part of a face is hidden, 0–1; from 0.5 on it counts as hidden. */
export type HiddenShares = Readonly<Record<HiddenPart, number>>;

/** Detects which parts of faces are hidden: by a mask, a hand, dark glasses, anything. Runs on tfjs's current backend. */
export class CoveringNetwork {
  readonly #network: NetworkRunner;

  private constructor(network: NetworkRunner) {
    this.#network = network;
  }

  /** Returns null if this backend's answers differ from PyTorch's. */
  static async create(files: CoveringFiles): Promise<CoveringNetwork | null> {
    const made = new CoveringNetwork(NetworkRunner.create(files));
    const answers = await made.#logits(files.golden.crops);
    // Written so that NaN fails too.
    const isRight = answers.length === files.golden.hidden.length && answers.every((x, i) => Math.abs(probability(x) - probability(files.golden.hidden[i] ?? NaN)) <= TOLERANCE);
    if (isRight) return made;
    made.dispose();
    return null;
  }

  /** @param crops luminance 0–1, [n, 48, 48]. */
  async hiddenParts(crops: Float32Array): Promise<HiddenShares[]> {
    const logits = await this.#logits(crops);
    return Array.from({ length: logits.length / PARTS }, (_, i) => {
      const [mouth = NaN, eyes = NaN, side = NaN] = logits.subarray(i * PARTS, (i + 1) * PARTS);
      return { mouth: probability(mouth), eyes: probability(eyes), side: probability(side) };
    });
  }

  dispose(): void {
    this.#network.dispose();
  }

  async #logits(crops: Float32Array): Promise<Float32Array> {
    const count = crops.length / CROP_LENGTH;
    const logits = new Float32Array(count * PARTS);
    for (let from = 0; from < count; from += LARGEST_BATCH) {
      const n = Math.min(LARGEST_BATCH, count - from);
      const padded = BATCHES.find((size) => size >= n) ?? n;
      const batch = new Float32Array(padded * CROP_LENGTH);
      batch.set(crops.subarray(from * CROP_LENGTH, (from + n) * CROP_LENGTH));
      standardise(batch);
      const output = tf.tidy(() => this.#network.run(tf.tensor4d(batch, [padded, CROP_SIZE, CROP_SIZE, 1])));
      try {
        logits.set((await readValues(output)).subarray(0, n * PARTS), from * PARTS);
      } finally {
        output.dispose();
      }
    }
    return logits;
  }
}

function probability(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
