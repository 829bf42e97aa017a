import { fetchAsset, fetchJson, pastDamage, sha256, type OnBytes } from './assets';
import { CROP_SIZE } from './face-crop';
import { MienError } from './errors';
import { EXPRESSIONS } from './labels';
import { SENSITIVITIES, type MixingRule, type Sensitivity } from './mixing';
import { servingModelFolder } from './model-list';
import type { ModelIdentity } from './types';

/** Inputs and answers that every backend must reproduce before it may serve. */
export interface KnownAnswer {
  /** Luminance 0–1, [n, 48, 48], not yet standardised. */
  readonly crops: Float32Array;
  readonly count: number;
  /** Head name → logits [n][7], written by PyTorch. */
  readonly logits: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** What is shown, probabilities [n][7], by PyTorch too. */
  readonly shown: Readonly<Record<Sensitivity, readonly (readonly number[])[]>>;
}

/** One downloaded model, checked against its card. Plain data: it belongs to no backend. */
export interface ModelFiles {
  readonly identity: ModelIdentity;
  readonly mixing: MixingRule;
  readonly topology: object;
  readonly weightSpecs: readonly unknown[];
  readonly weightData: ArrayBuffer;
  readonly knownAnswer: KnownAnswer;
}

/**
 * Downloads the model and checks it: labels in our order, input size, checksum of the weights.
 *
 * Throws `model/not-found`, `model/network`, `model/corrupt` (damaged file, checksum) or
 * `model/incompatible` (another label order or input size).
 */
export function loadModelFiles(assetBase: string, onBytes?: OnBytes): Promise<ModelFiles> {
  return pastDamage(async (cache) => loadFrom(await servingModelFolder(assetBase, cache, onBytes), cache, onBytes));
}

async function loadFrom(folder: string, cache: RequestCache, onBytes?: OnBytes): Promise<ModelFiles> {
  const [card, model, golden, weights] = await Promise.all([
    fetchJson(`${folder}card.json`, cache, onBytes),
    fetchJson(`${folder}model.json`, cache, onBytes),
    fetchJson(`${folder}golden.json`, cache, onBytes),
    fetchAsset(`${folder}weights.bin`, cache, onBytes),
  ]);
  const { identity, mixing } = readCard(card);
  const digest = await sha256(weights);
  if (digest !== null && digest !== identity.sha256) {
    throw new MienError('model', 'corrupt', `weights.bin has sha256 ${digest}, its card says ${identity.sha256}`);
  }
  const { topology, weightSpecs } = readModel(model);
  return {
    identity,
    mixing,
    topology,
    weightSpecs,
    weightData: weights.buffer,
    knownAnswer: readGolden(golden, Object.keys(mixing.shares)),
  };
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new MienError('model', 'corrupt', what);
  return value as Record<string, unknown>;
}

function text(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new MienError('model', 'corrupt', what);
  return value;
}

/** Reads what the engine needs of card.json; the interface shows the rest. */
export function readCard(value: unknown): { identity: ModelIdentity; mixing: MixingRule } {
  const card = record(value, 'card.json');
  const labels = card['labels'];
  if (!Array.isArray(labels) || labels.join() !== EXPRESSIONS.join()) {
    throw new MienError('model', 'incompatible', `labels must be ${EXPRESSIONS.join(', ')}`);
  }
  const input = record(card['input'], 'card.json: input');
  if (input['width'] !== CROP_SIZE || input['height'] !== CROP_SIZE) {
    throw new MienError('model', 'incompatible', `input must be ${CROP_SIZE}×${CROP_SIZE}`);
  }
  return {
    identity: {
      id: text(card['id'], 'card.json: id'),
      version: text(card['version'], 'card.json: version'),
      sha256: text(card['sha256'], 'card.json: sha256'),
    },
    mixing: readMixing(card['mixing']),
  };
}

/** Throws `model/corrupt` for shares that do not sum to 1, priors or temperatures that are not positive, or a missing level. */
function readMixing(value: unknown): MixingRule {
  const what = 'card.json: mixing';
  const rule = record(value, what);
  const { on } = rule;
  const expect = (condition: boolean) => {
    if (!condition) throw new MienError('model', 'corrupt', what);
  };
  const positive = (v: unknown): number => {
    expect(typeof v === 'number' && v > 0);
    return v as number;
  };
  if (on !== 'probabilities' && on !== 'logarithms') throw new MienError('model', 'corrupt', what);
  const shares = Object.fromEntries(Object.entries(record(rule['shares'], what)).map(([head, v]) => [head, positive(v)]));
  expect(Math.abs(Object.values(shares).reduce((sum, share) => sum + share, 0) - 1) < 1e-6);
  const given = record(rule['priors'], what);
  const priors = Object.fromEntries(
    Object.keys(shares).map((head) => {
      const prior: unknown = given[head];
      expect(Array.isArray(prior) && prior.length === EXPRESSIONS.length);
      return [head, (prior as unknown[]).map(positive)];
    }),
  );
  const levels = record(rule['levels'], what);
  const level = (name: Sensitivity) => {
    const { power, temperature } = record(levels[name], what);
    expect(typeof power === 'number' && power >= 0);
    return { power: power as number, temperature: positive(temperature) };
  };
  return { on, shares, priors, levels: { cautious: level('cautious'), balanced: level('balanced'), eager: level('eager') } };
}

function readModel(value: unknown): { topology: object; weightSpecs: readonly unknown[] } {
  const model = record(value, 'model.json');
  const manifest: unknown = model['weightsManifest'];
  const group = record(Array.isArray(manifest) ? manifest[0] : null, 'model.json: weightsManifest');
  const specs = group['weights'];
  if (!Array.isArray(specs)) throw new MienError('model', 'corrupt', 'model.json: weights');
  return { topology: record(model['modelTopology'], 'model.json: modelTopology'), weightSpecs: specs };
}

/** Decodes golden.json. */
export function readGolden(value: unknown, heads: readonly string[]): KnownAnswer {
  const golden = record(value, 'golden.json');
  const bytes = Uint8Array.from(atob(text(golden['crops'], 'golden.json: crops')), (c) => c.charCodeAt(0));
  const logits = record(golden['logits'], 'golden.json: logits') as Record<string, number[][]>;
  const count = bytes.length / (CROP_SIZE * CROP_SIZE);
  for (const head of heads) {
    if (logits[head]?.length !== count) throw new MienError('model', 'corrupt', `golden.json: ${head}`);
  }
  const shown = record(golden['shown'], 'golden.json: shown') as Record<Sensitivity, number[][]>;
  for (const sensitivity of SENSITIVITIES) {
    if ((shown[sensitivity] as number[][] | undefined)?.length !== count) throw new MienError('model', 'corrupt', `golden.json: ${sensitivity}`);
  }
  return { crops: Float32Array.from(bytes, (b) => b / 255), count, logits, shown };
}
