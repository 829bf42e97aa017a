import * as v from 'valibot';
import { fetchAsset, fetchJson, pastDamage, sha256, type OnBytes } from './assets';
import { CROP_SIZE } from './face-crop';
import { MienError } from './errors';
import { EXPRESSIONS } from './labels';
import type { MixingRule, Sensitivity } from './mixing';
import { readModelCard } from './model-card';
import { servingModelFolder } from './model-list';
import type { ModelIdentity } from './types';

/** Inputs and answers that every backend must reproduce. */
export interface KnownAnswer {
  /** Luminance 0–1, [n, 48, 48], not yet standardised. */
  readonly crops: Float32Array;
  readonly count: number;
  /** Head name → logits [n][7], from PyTorch. */
  readonly logits: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** Mixed probabilities [n][7], also from PyTorch. */
  readonly shown: Readonly<Record<Sensitivity, readonly (readonly number[])[]>>;
}

/** Files of a network for `NetworkRunner`. */
export interface GraphFiles {
  readonly topology: object;
  readonly weightSpecs: readonly unknown[];
  readonly weightData: ArrayBuffer;
}

/** One downloaded model, checked against its card. Plain data, independent of any backend. */
export interface ModelFiles extends GraphFiles {
  readonly identity: ModelIdentity;
  readonly mixing: MixingRule;
  readonly knownAnswer: KnownAnswer;
}

/**
 * Downloads the model and checks it: label order, input size, checksum of the weights.
 *
 * @param signal cancels the request (`model/network`).
 * @throws MienError `model/not-found`, `model/network`, `model/corrupt` (damaged file, checksum) or
 * `model/incompatible` (another label order or input size).
 */
export function loadModelFiles(assetBase: string, onBytes?: OnBytes, signal?: AbortSignal): Promise<ModelFiles> {
  return pastDamage(async (cache) => loadFrom(await servingModelFolder(assetBase, cache, onBytes, signal), cache, onBytes, signal));
}

async function loadFrom(folder: string, cache: RequestCache, onBytes?: OnBytes, signal?: AbortSignal): Promise<ModelFiles> {
  const [card, model, golden, weights] = await Promise.all([
    fetchJson(`${folder}card.json`, cache, onBytes, signal),
    fetchJson(`${folder}model.json`, cache, onBytes, signal),
    fetchJson(`${folder}golden.json`, cache, onBytes, signal),
    fetchAsset(`${folder}weights.bin`, cache, onBytes, signal),
  ]);
  const { id, version, sha256: expected, mixing } = readModelCard(card);
  const identity = { id, version, sha256: expected };
  const digest = await sha256(weights);
  if (digest !== null && digest !== expected) {
    throw new MienError('model', 'corrupt', `weights.bin has sha256 ${digest}, its card says ${expected}`);
  }
  const { topology, weightSpecs } = readGraph(model);
  return {
    identity,
    mixing,
    topology,
    weightSpecs,
    weightData: weights.buffer,
    knownAnswer: readGolden(golden, Object.keys(mixing.shares)),
  };
}

const GraphFile = v.object({
  modelTopology: v.custom<object>((value) => typeof value === 'object' && value !== null),
  weightsManifest: v.looseTuple([v.object({ weights: v.array(v.unknown()) })]),
});

/** @throws MienError `model/corrupt`. */
export function readGraph(json: unknown): Pick<GraphFiles, 'topology' | 'weightSpecs'> {
  const { modelTopology, weightsManifest } = parsed(GraphFile, json, 'model.json');
  return { topology: modelTopology, weightSpecs: weightsManifest[0].weights };
}

const byClass = v.pipe(v.array(v.number()), v.length(EXPRESSIONS.length));

const GoldenFile = v.object({
  /** Base64, one byte per pixel. */
  crops: v.pipe(v.string(), v.base64()),
  logits: v.record(v.string(), v.array(byClass)),
  shown: v.object({ cautious: v.array(byClass), balanced: v.array(byClass), eager: v.array(byClass) }),
});

function readGolden(json: unknown, heads: readonly string[]): KnownAnswer {
  const { crops, logits, shown } = parsed(GoldenFile, json, 'golden.json');
  const bytes = Uint8Array.from(atob(crops), (c) => c.charCodeAt(0));
  const count = bytes.length / (CROP_SIZE * CROP_SIZE);
  const wrong = [...heads.map((head) => [head, logits[head]] as const), ...Object.entries(shown)].find(([, rows]) => rows?.length !== count);
  if (wrong) throw new MienError('model', 'corrupt', `golden.json: ${wrong[0]} has not ${count} rows`);
  return { crops: Float32Array.from(bytes, (b) => b / 255), count, logits, shown };
}

function parsed<const S extends v.GenericSchema>(schema: S, json: unknown, file: string): v.InferOutput<S> {
  const { success, output, issues } = v.safeParse(schema, json);
  if (!success) throw new MienError('model', 'corrupt', `${file}: ${v.summarize(issues)}`);
  return output;
}
