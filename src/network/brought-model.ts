import * as tf from '@tensorflow/tfjs-core';
import { fetchAsset, pastDamage, sha256 } from '../engine/assets';
import { contextIsLost, ContextLostError } from '../engine/backend';
import { MienError } from '../engine/errors';
import type { Answer, ExpressionModel } from '../engine/expression-model';
import { EXPRESSIONS, toProbabilities, type Expression } from '../engine/labels';
import type { BroughtModelReport, FaceInput, ModelIdentity } from '../engine/types';
import { BroughtNetwork } from './brought-network';
import { expressionOf } from './label-names';
import { MODEL_LIMITS } from './model-file/limits';
import type { NamedBytes } from './model-file/read-model';
import { PROBE_FACES } from './probe-faces';
import { proposeInput } from './propose-input';
import { checkScaling, scaleFaces, type Scaling } from './scaling';

/** A user-supplied model, as sent to a worker. */
export interface ModelSource {
  /** Display name of the model. */
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly content: Blob }[];
  /** Null: proposed by means of drawn faces. */
  readonly scaling: Scaling | null;
  readonly labels: readonly string[] | null;
}

/** Values per batch: 8 faces of 224×224 in colour. */
const BATCH_NUMBERS = 8 * 224 * 224 * 3;
const LARGEST_BATCH = 8;
/** Fewest expressions among user-supplied labels: with fewer, they are probably misspelled. */
const FEWEST_EXPRESSIONS = 2;

/** A user-supplied model that replaces the shipped one. */
export class BroughtModel implements ExpressionModel {
  readonly identity: ModelIdentity;
  readonly report: BroughtModelReport;
  readonly #files: readonly NamedBytes[];
  readonly #recover: () => Promise<void>;
  /** Expression of each output. */
  readonly #expressions: readonly (Expression | null)[];
  #network: BroughtNetwork;
  #backend = tf.getBackend();

  private constructor(
    network: BroughtNetwork,
    files: readonly NamedBytes[],
    identity: ModelIdentity,
    report: BroughtModelReport,
    recover: () => Promise<void>,
  ) {
    this.#network = network;
    this.#files = files;
    this.identity = identity;
    this.report = report;
    this.#recover = recover;
    this.#expressions = report.labels.map(expressionOf);
  }

  /**
   * Opens a model on tfjs's current backend.
   *
   * @param recover replaces that backend if its WebGL context was lost.
   * @param outputs `own`: outputs need not be expressions; only `predict` is meaningful then.
   * @throws MienError `model-file/*`; `call/out-of-range` for invalid scaling or labels, or if no labels are given and no known order has that
   * many outputs.
   */
  static async open(source: ModelSource, assetBase: string, recover: () => Promise<void>, outputs: 'expressions' | 'own' = 'expressions'): Promise<BroughtModel> {
    const given = source.scaling === null ? null : checkScaling(source.scaling);
    const files = await bytesOf(source);
    const network = await BroughtNetwork.open(files);
    try {
      const { stated } = network.facts;
      const labels = source.labels ?? stated?.labels ?? network.facts.labels;
      if (labels) checkLabels(labels, network.facts.classes, outputs === 'own' || stated ? 0 : FEWEST_EXPRESSIONS);
      const input = await inputOf(network, given ?? stated?.scaling ?? null, labels, assetBase);
      const { format, side, channels, parameters, output } = network.facts;
      const report = { format, input: { side, channels }, parameters, output, ...input } satisfies BroughtModelReport;
      return new BroughtModel(network, files, { id: source.name, version: format, sha256: await digest(network.from) }, report, recover);
    } catch (error) {
      network.dispose();
      throw error;
    }
  }

  get input(): FaceInput {
    return this.report.input;
  }

  /** Renormalizes over the expressions, and names the largest other output if it exceeds all of them. */
  async classify(faces: Float32Array): Promise<Answer[]> {
    const shares = await this.predict(faces);
    const { length } = this.report.labels;
    return Array.from({ length: shares.length / length }, (_, i) => this.#named(shares.subarray(i * length, (i + 1) * length)));
  }

  /** Probabilities of all outputs, [n × labels]; each face's sum to 1. Must not overlap with another call. */
  async predict(faces: Float32Array): Promise<Float32Array> {
    if (faces.length === 0) return new Float32Array();
    try {
      if (contextIsLost()) throw new ContextLostError();
      return await this.#read(faces);
    } catch (error) {
      if (!(error instanceof ContextLostError) && !contextIsLost()) throw error;
      await this.#recover();
      return this.#read(faces);
    }
  }

  dispose(): void {
    this.#network.dispose();
  }

  async #read(faces: Float32Array): Promise<Float32Array> {
    if (tf.getBackend() !== this.#backend) await this.#reopen();
    const { faceLength, facts } = this.#network;
    const most = Math.max(1, Math.min(LARGEST_BATCH, Math.floor(BATCH_NUMBERS / faceLength)));
    const answers = new Float32Array((faces.length / faceLength) * facts.classes);
    for (let from = 0; from < faces.length; from += most * faceLength) {
      const own = faces.slice(from, from + most * faceLength);
      const count = own.length / faceLength;
      scaleFaces(own, faceLength, this.report.scaling);
      // WebGL compiles programs per shape, so use a few batch sizes for all numbers of faces.
      const batch = new Float32Array(Math.min(most, 2 ** Math.ceil(Math.log2(count))) * faceLength);
      batch.set(own);
      const shares = await this.#network.predict(batch);
      answers.set(shares.subarray(0, count * facts.classes), (from / faceLength) * facts.classes);
    }
    return answers;
  }

  #named(shares: Float32Array): Answer {
    const own = EXPRESSIONS.map((expression) => shares.reduce((sum, share, k) => (this.#expressions[k] === expression ? sum + share : sum), 0));
    const sum = own.reduce((total, share) => total + share, 0);
    const probabilities = toProbabilities(own.map((share) => (sum > 0 ? share / sum : 1 / own.length)));
    const others = this.report.labels.flatMap((name, k) => (this.#expressions[k] === null ? [{ name, share: shares[k] ?? 0 }] : []));
    const other = others.reduce<Answer['other']>((most, each) => (each.share > (most?.share ?? Math.max(...own)) ? each : most), null);
    return { probabilities, other };
  }

  /** Reopens the model on the current backend, since data on the previous one may be lost. */
  async #reopen(): Promise<void> {
    const before = this.#network;
    this.#network = await BroughtNetwork.open(this.#files);
    this.#backend = tf.getBackend();
    try {
      before.dispose();
    } catch {
      // Tensors of a lost context cannot always be disposed; they are gone with the context.
    }
  }
}

async function bytesOf({ files }: ModelSource): Promise<NamedBytes[]> {
  const size = files.reduce((sum, { content }) => sum + content.size, 0);
  if (size > MODEL_LIMITS.fileBytes) throw new MienError('model-file', 'too-large', `${size} bytes`);
  return Promise.all(files.map(async ({ path, content }) => ({ path, bytes: new Uint8Array(await content.arrayBuffer()) })));
}

/** Hashes the concatenated files, sorted by path: a single file keeps its own digest. Excludes label files, which the report covers. */
async function digest(files: readonly NamedBytes[]): Promise<string> {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const whole = new Uint8Array(await new Blob(sorted.map(({ bytes }) => bytes)).arrayBuffer());
  return (await sha256(whole)) ?? '';
}

type Chosen = Pick<BroughtModelReport, 'scaling' | 'scalingConfidence' | 'labels' | 'labelsConfidence'>;

async function inputOf(network: BroughtNetwork, scaling: Scaling | null, labels: readonly string[] | null, assetBase: string): Promise<Chosen> {
  const { classes } = network.facts;
  if (scaling && labels) return { scaling, scalingConfidence: null, labels, labelsConfidence: null };
  const probes = await pastDamage((cache) => fetchAsset(new URL(PROBE_FACES.file, assetBase).href, cache));
  const proposal = await proposeInput(network, probes, { scaling, labels });
  if (proposal.labels === null) throw new MienError('call', 'out-of-range', `labels: ${classes} are needed, and no usual order has as many`);
  return {
    scaling: proposal.scaling,
    scalingConfidence: scaling ? null : proposal.scalingConfidence,
    labels: proposal.labels,
    labelsConfidence: labels ? null : proposal.labelsConfidence,
  };
}

function checkLabels(labels: readonly string[], classes: number, fewest: number): void {
  const named = labels.filter((label) => expressionOf(label) !== null).length;
  if (labels.length !== classes) throw new MienError('call', 'out-of-range', `labels: ${labels.length}, but the model has ${classes} outputs`);
  if (named < fewest) throw new MienError('call', 'out-of-range', `labels: ${labels.join(', ')} name fewer than ${fewest} expressions`);
}
