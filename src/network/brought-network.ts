import * as tf from '@tensorflow/tfjs-core';
import type { GraphModel } from '@tensorflow/tfjs-converter';
import { model as layersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { readValues } from '../engine/backend';
import { MienError } from '../engine/errors';
import { disposeModel } from './model-file/build-layers';
import { MODEL_LIMITS } from './model-file/limits';
import { readModel, type NamedBytes } from './model-file/read-model';
import { labelsBeside } from './model-file/said-labels';
import type { StatedInput } from './model-file/stated-input';

/** Facts from a model's file, and from a trial run. */
export interface NetworkFacts {
  /** E.g. `Keras 2.0.5, HDF5`. */
  readonly format: string;
  /** Side of the square input, in pixels. */
  readonly side: number;
  readonly channels: 1 | 3;
  readonly classes: number;
  /** Kind of outputs in the trial run: shares that sum to 1, independent shares of 0–1, or arbitrary numbers. */
  readonly output: 'softmax' | 'sigmoid' | 'logits';
  /** Number of output layers averaged as probabilities; usually 1. */
  readonly heads: number;
  readonly parameters: number;
  /** Scaling and labels stated in the file, as only Mien's own exports do. */
  readonly stated: StatedInput | null;
  /** Output names from a file beside the model; null if there is none, or if `stated` has them. */
  readonly labels: readonly string[] | null;
}

/** Shortest side of a picture given as a flat vector. */
const FEWEST_PIXELS = 16;
const FEWEST_CLASSES = 2;
const MOST_CLASSES = 64;
/** Tolerance for the sum of a softmax, including 16-bit weights. */
const SUM_TOLERANCE = 0.01;

/** Equal to Keras's epsilon: avoids division by zero for a constant channel. */
const VARIANCE_FLOOR = 1e-3;

type Model = LayersModel | GraphModel;

/**
 * A third-party face classifier on tfjs's current backend: takes faces, returns probabilities of its own classes. The file states neither its input
 * scaling nor its label order.
 */
export class BroughtNetwork {
  readonly facts: NetworkFacts;
  /** Files that the model was read from, without those beside them. */
  readonly from: readonly NamedBytes[];
  readonly #model: Model;
  readonly #layout: Layout;
  /** Indices of the outputs that are face classes. */
  readonly #heads: readonly number[];

  private constructor(model: Model, from: readonly NamedBytes[], facts: NetworkFacts, layout: Layout, heads: readonly number[]) {
    this.#model = model;
    this.from = from;
    this.facts = facts;
    this.#layout = layout;
    this.#heads = heads;
  }

  /** @throws MienError `model-file/not-a-classifier` if it does not classify square pictures, and the errors of `readModel`. */
  static async open(files: readonly NamedBytes[]): Promise<BroughtNetwork> {
    const read = await readModel(files);
    const { model, format } = read;
    const stated = ('stated' in read && read.stated) || null;
    try {
      const input = inputOf(model);
      const trial = new BroughtNetwork(model, read.from, { format, ...input.facts, classes: 0, output: 'logits', heads: 1, parameters: parametersOf(model), stated, labels: null }, input.layout, []);
      return await trial.#measured(read.beside);
    } catch (error) {
      disposeModel(model);
      throw error instanceof MienError ? error : unrun(model, error);
    }
  }

  /** Number of input values per face. */
  get faceLength(): number {
    return this.facts.side ** 2 * this.facts.channels;
  }

  /**
   * Probabilities [n × classes] for scaled faces [n, side, side, channels]; they sum to 1 for each face.
   *
   * @throws ContextLostError as `readValues` does.
   */
  async predict(faces: Float32Array): Promise<Float32Array> {
    const { classes, output, heads } = this.facts;
    const all = await this.#run(faces);
    const outputs = this.#heads.flatMap((head) => all[head] ?? []);
    const answers = new Float32Array((faces.length / this.faceLength) * classes);
    for (const values of outputs) {
      for (let at = 0; at < answers.length; at += classes) {
        const face = toShares(values.subarray(at, at + classes), output);
        face.forEach((share, k) => (answers[at + k] = (answers[at + k] ?? 0) + share / heads));
      }
    }
    return answers;
  }

  /**
   * Distance between the scale of these faces and that of the training faces: Kullback-Leibler divergence (nats) between the input of the first batch
   * norm and its stored statistics, averaged over channels.
   *
   * @returns null if the model has no such layer.
   */
  async normalizationGap(faces: Float32Array): Promise<number | null> {
    const norm = 'getLayer' in this.#model ? this.#model.layers.find((layer) => layer.getClassName() === 'BatchNormalization') : undefined;
    const [mean, variance] = norm?.weights.slice(-2).map((weight) => weight.read()) ?? [];
    if (!norm || !mean || !variance || Array.isArray(norm.input)) return null;
    const before = layersModel({ inputs: (this.#model as LayersModel).inputs, outputs: norm.input });
    const gap = tf.tidy(() => {
      const entering = before.predict(this.#input(faces)) as tf.Tensor;
      const seen = tf.moments(entering, entering.shape.map((_, axis) => axis).slice(0, -1));
      return gaussianGap(seen.mean, seen.variance, mean, variance);
    });
    try {
      return (await readValues(gap))[0] ?? null;
    } finally {
      gap.dispose();
    }
  }

  dispose(): void {
    disposeModel(this.#model);
  }

  /** Raw outputs, one array per head. */
  async #run(faces: Float32Array): Promise<Float32Array[]> {
    const input = tf.tidy(() => this.#input(faces));
    let outputs: tf.Tensor[] = [];
    try {
      // Graphs with loops (e.g. an LSTM) run only asynchronously.
      const answer = 'executeAsync' in this.#model ? await this.#model.executeAsync(input) : this.#model.predict(input);
      outputs = Array.isArray(answer) ? answer : [answer];
      return await Promise.all(outputs.map(readValues));
    } finally {
      tf.dispose([input, ...outputs]);
    }
  }

  #input(faces: Float32Array): tf.Tensor {
    const { side, channels } = this.facts;
    const x = tf.tensor4d(faces, [faces.length / this.faceLength, side, side, channels]);
    if (this.#layout === 'channels-first') return tf.transpose(x, [0, 3, 1, 2]);
    return this.#layout === 'channels-last' ? x : tf.reshape(x, [x.shape[0], ...this.#layout]);
  }

  /** Adds the facts that require a trial run. */
  async #measured(beside: readonly NamedBytes[]): Promise<BroughtNetwork> {
    const faces = new Float32Array(2 * this.faceLength).map((_, i) => Math.sin(i * 12.9898) ** 2);
    const all = await this.#run(faces);
    const heads = headsOf(outputNames(this.#model), all.map(({ length }) => length / 2));
    const outputs = heads.flatMap((head) => all[head] ?? []);
    const [first] = outputs;
    const classes = (first?.length ?? 0) / 2;
    if (!first || !Number.isInteger(classes) || classes < FEWEST_CLASSES || classes > MOST_CLASSES) {
      throw new MienError('model-file', 'not-a-classifier', `outputs of ${all.map(({ length }) => length / 2).join(', ')} numbers are no classes`);
    }
    if (outputs.some((values) => !values.every(Number.isFinite))) throw new MienError('model-file', 'not-a-classifier', 'its answers are no numbers');
    const labels = this.facts.stated ? null : labelsBeside(beside, classes);
    const facts = { ...this.facts, classes, labels, heads: outputs.length, output: outputKind(outputs, classes) };
    return new BroughtNetwork(this.#model, this.from, facts, this.#layout, heads);
  }
}

/** Error for a failed trial run: some operations of a graph, such as certain LSTM loops, load but do not run in tfjs. */
function unrun(model: Model, error: unknown): MienError {
  const [said = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
  if ('executeAsync' in model) return new MienError('model-file', 'unsupported-layer', `TensorFlow.js cannot run its graph: ${said}`, error);
  return new MienError('model-file', 'not-a-classifier', String(error), error);
}

/** Kullback-Leibler divergence of one normal distribution from another, given means and variances, averaged over channels. */
function gaussianGap(mean: tf.Tensor, variance: tf.Tensor, itsMean: tf.Tensor, itsVariance: tf.Tensor): tf.Scalar {
  const own = tf.add(variance, VARIANCE_FLOOR);
  const its = tf.add(itsVariance, VARIANCE_FLOOR);
  const ratio = tf.div(tf.add(own, tf.squaredDifference(mean, itsMean)), its);
  return tf.mean(tf.mul(0.5, tf.sub(tf.sub(ratio, 1), tf.log(tf.div(own, its)))));
}

/** Layout of the input values; an array is a shape without channels. */
type Layout = 'channels-last' | 'channels-first' | readonly number[];

function inputOf(model: Model): { facts: { side: number; channels: 1 | 3 }; layout: Layout } {
  const [input, ...others] = model.inputs;
  const shape = input?.shape?.slice(1).map((size) => (size === null || size < 0 ? null : size)) ?? [];
  const said = `input ${model.inputs.map((each) => `[${(each.shape ?? []).slice(1).map((size) => size ?? '?').join()}]`).join()}`;
  const [a = null, b = null, c = null] = shape;
  const plain = others.length === 0 ? plainInput(shape) : null;
  if (plain) return plain;
  if (others.length > 0 || shape.length !== 3 || a === null || b === null || c === null) throw new MienError('model-file', 'not-a-classifier', said);
  const channelsFirst = a <= 3 && c > 3;
  const [height, width, channels] = channelsFirst ? [b, c, a] : [a, b, c];
  if (height !== width || (channels !== 1 && channels !== 3)) throw new MienError('model-file', 'not-a-classifier', said);
  if (height > MODEL_LIMITS.inputSide) throw new MienError('model-file', 'too-large', said);
  return { facts: { side: height, channels }, layout: channelsFirst ? 'channels-first' : 'channels-last' };
}

/** Layout of an input of grayscale rows without a channel axis, or of a flattened square picture; null for other shapes. */
function plainInput(shape: readonly (number | null)[]): { facts: { side: number; channels: 1 | 3 }; layout: Layout } | null {
  const [first = null, second = null] = shape;
  if (first === null || shape.length > 2 || (shape.length === 2 && first !== second)) return null;
  if (shape.length === 2) return first <= MODEL_LIMITS.inputSide ? { facts: { side: first, channels: 1 }, layout: [first, first] } : null;
  for (const channels of [1, 3] as const) {
    const side = Math.sqrt(first / channels);
    if (Number.isInteger(side) && side >= FEWEST_PIXELS && side <= MODEL_LIMITS.inputSide) return { facts: { side, channels }, layout: [first] };
  }
  return null;
}

function outputNames(model: Model): readonly string[] {
  return 'outputNames' in model ? model.outputNames : model.outputNodes;
}

const NAMES_EXPRESSIONS = /emotion|expression|(?:^|[^a-z])fer(?:$|[^a-z])/i;
/** Usual number of classes of expression networks; age and gender outputs have more or fewer. */
const USUAL_CLASSES = { fewest: 5, most: 8 };

/** For a model with several outputs, selects those for expressions: by name, otherwise by number of values. */
function headsOf(names: readonly string[], lengths: readonly number[]): readonly number[] {
  const all = lengths.map((_, head) => head);
  const named = all.filter((head) => NAMES_EXPRESSIONS.test(names[head] ?? ''));
  const heads = named.length > 0 ? named : all;
  if (heads.every((head) => lengths[head] === lengths[heads[0] ?? 0])) return heads;
  const usual = heads.filter((head) => (lengths[head] ?? 0) >= USUAL_CLASSES.fewest && (lengths[head] ?? 0) <= USUAL_CLASSES.most);
  return usual.length === 1 ? usual : [];
}

function parametersOf(model: Model): number {
  if ('countParams' in model) return model.countParams();
  return Object.values(model.weights).flat().reduce((sum, tensor) => sum + tensor.size, 0);
}

function outputKind(outputs: readonly Float32Array[], classes: number): NetworkFacts['output'] {
  const rows = outputs.flatMap((values) => [values.subarray(0, classes), values.subarray(classes)]);
  if (!rows.every((row) => row.every((value) => value >= 0 && value <= 1))) return 'logits';
  return rows.every((row) => Math.abs(sumOf(row) - 1) < SUM_TOLERANCE) ? 'softmax' : 'sigmoid';
}

/** Normalizes to shares that sum to 1; equal shares if all are 0. */
function toShares(values: Float32Array, output: NetworkFacts['output']): Float32Array {
  const top = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const positive = output === 'logits' ? values.map((value) => Math.exp(value - top)) : values;
  const sum = sumOf(positive);
  return positive.map((value) => (sum > 0 ? value / sum : 1 / values.length));
}

function sumOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
