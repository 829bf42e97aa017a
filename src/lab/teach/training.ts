import * as tfc from '@tensorflow/tfjs-core';
import type * as tf from '@tensorflow/tfjs-layers';
import { readValues, unlessContextLost } from '../../engine/backend';
import { yieldToEventLoop } from '../../engine/yield-to-event-loop';
import { scaleFaces } from '../../network/scaling';
import { LUMINANCE_BYTES, modelInput } from '../faces';
import { randomFrom } from '../random';
import { augmented, type Augmentation } from './augment';
import { inputOf, type Trainable } from './trainable';
import { after, startOf, type TrainingPlan, type TrainingState } from './training-state';
import { putWeights, weightsOf } from './weights';

/** Labelled faces. */
export interface LabelledFaces {
  /** [n, 48, 48], 0–255. */
  readonly luminance: Uint8Array;
  /** Class of each, zero-based. */
  readonly labels: readonly number[];
}

export interface TrainingSetup {
  readonly network: Trainable;
  readonly classes: readonly string[];
  readonly plan: TrainingPlan;
  readonly augmentation: Augmentation;
  readonly train: LabelledFaces;
  /** Faces that select the best epoch. `train` contains no person, near-duplicate or copy of them. */
  readonly validation: LabelledFaces;
}

/** Everything needed to resume training. */
export interface Checkpoint {
  readonly state: TrainingState;
  readonly weights: Float32Array<ArrayBuffer>;
  readonly best: Float32Array<ArrayBuffer>;
  /** Adam's state, in its own order. */
  readonly optimizer: readonly { readonly name: string; readonly shape: readonly number[]; readonly values: Float32Array<ArrayBuffer> }[];
}

/** A completed training step. */
export interface TrainingStep {
  readonly epoch: number;
  /** Completed steps of the epoch. */
  readonly done: number;
  readonly total: number;
}

/** Label smoothing: labels of expressions are often wrong. */
const SMOOTHING = 0.1;
/** Faces per prediction batch. */
const ANSWERED = 64;

/** Trains a network with Adam on cross-entropy with smoothed labels; each epoch shows each face once, newly augmented. */
export class Training {
  readonly #model: tf.LayersModel;
  readonly #setup: TrainingSetup;
  #state: TrainingState;
  #best: Float32Array<ArrayBuffer> | null = null;
  #optimizer: tfc.AdamOptimizer;

  constructor(model: tf.LayersModel, setup: TrainingSetup) {
    this.#model = model;
    this.#setup = setup;
    this.#state = startOf(setup.plan);
    this.#optimizer = this.#compiled();
  }

  get state(): TrainingState {
    return this.#state;
  }

  /** Resumes from a checkpoint of the same setup. */
  async resume({ state, weights, best, optimizer }: Checkpoint): Promise<void> {
    putWeights(this.#model, weights);
    this.#state = state;
    this.#best = best;
    this.#optimizer = this.#compiled();
    const tensors = optimizer.map(({ name, shape, values }) => ({ name, tensor: tfc.tensor(values, [...shape]) }));
    await this.#optimizer.setWeights(tensors);
    tfc.dispose(tensors.map(({ tensor }) => tensor));
  }

  /** Runs one step to test this backend, and reverts its effects. */
  async trial(faces: number): Promise<void> {
    const before = await weightsOf(this.#model);
    await this.#step(Array.from({ length: Math.min(faces, this.#setup.train.labels.length) }, (_, i) => i), randomFrom(1));
    putWeights(this.#model, before);
    this.#optimizer = this.#compiled();
  }

  /** Runs one epoch. @returns null if `shouldStop` ended it; the state is then unchanged. */
  async epoch(onStep: (step: TrainingStep) => void, shouldStop: () => boolean): Promise<Checkpoint | null> {
    const { plan, train, validation } = this.#setup;
    const epoch = this.#state.rows.length;
    const random = randomFrom(epoch + 1);
    const order = shuffled(train.labels.length, random);
    const total = Math.ceil(order.length / plan.batch);
    let [loss, right] = [0, 0];
    for (let step = 0; step < total; step++) {
      const faces = order.slice(step * plan.batch, (step + 1) * plan.batch);
      const own = await this.#step(faces, random);
      loss += own.loss * faces.length;
      right += own.accuracy * faces.length;
      onStep({ epoch, done: step + 1, total });
      await yieldToEventLoop();
      if (shouldStop()) return null;
    }
    const held = measure(await this.answer(validation.luminance), validation.labels, this.#setup.classes.length);
    const learningRate = this.#state.learningRate;
    const row = { epoch, accuracy: right / order.length, loss: loss / order.length, valAccuracy: held.accuracy, valLoss: held.loss, learningRate, endedAtMs: Date.now() };
    this.#state = after(this.#state, row, plan);
    const weights = await weightsOf(this.#model);
    if (this.#state.best?.epoch === epoch || !this.#best) this.#best = weights;
    // tfjs has no setter for the rate, and a new optimizer would lose the moments.
    Object.assign(this.#optimizer, { learningRate: this.#state.learningRate });
    return { state: this.#state, weights, best: this.#best, optimizer: await this.#moments() };
  }

  /** Loads the weights of the best epoch into the model. */
  restoreBest(): void {
    if (this.#best) putWeights(this.#model, this.#best);
  }

  /** Class probabilities for each face, [n × classes]. */
  async answer(luminance: Uint8Array): Promise<Float32Array> {
    const classes = this.#setup.classes.length;
    const count = luminance.length / LUMINANCE_BYTES;
    const shares = new Float32Array(count * classes);
    for (let from = 0; from < count; from += ANSWERED) {
      const some = luminance.subarray(from * LUMINANCE_BYTES, (from + ANSWERED) * LUMINANCE_BYTES);
      const output = tfc.tidy(() => this.#model.predictOnBatch(this.#input(some)) as tfc.Tensor);
      try {
        shares.set(await readValues(output), from * classes);
      } finally {
        output.dispose();
      }
      await yieldToEventLoop();
    }
    return shares;
  }

  dispose(): void {
    this.#optimizer.dispose();
    this.#model.dispose();
  }

  #compiled(): tfc.AdamOptimizer {
    (this.#optimizer as tfc.AdamOptimizer | undefined)?.dispose();
    const optimizer = tfc.train.adam(this.#state.learningRate);
    this.#model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    return optimizer;
  }

  async #step(faces: readonly number[], random: () => number): Promise<{ loss: number; accuracy: number }> {
    const { train, augmentation, classes } = this.#setup;
    const luminance = new Uint8Array(faces.length * LUMINANCE_BYTES);
    faces.forEach((face, i) => luminance.set(augmented(train.luminance.subarray(face * LUMINANCE_BYTES, (face + 1) * LUMINANCE_BYTES), augmentation, random), i * LUMINANCE_BYTES));
    const targets = new Float32Array(faces.length * classes.length).fill(SMOOTHING / classes.length);
    faces.forEach((face, i) => (targets[i * classes.length + (train.labels[face] ?? 0)] = 1 - SMOOTHING + SMOOTHING / classes.length));
    const input = this.#input(luminance);
    const wanted = tfc.tensor2d(targets, [faces.length, classes.length]);
    try {
      const [loss = NaN, accuracy = NaN] = [await unlessContextLost(() => this.#model.trainOnBatch(input, wanted))].flat();
      return { loss, accuracy };
    } finally {
      tfc.dispose([input, wanted]);
    }
  }

  #input(luminance: Uint8Array): tfc.Tensor4D {
    const { side, channels } = inputOf(this.#setup.network);
    const faces = modelInput({ luminance, colors: null }, { side, channels });
    scaleFaces(faces, side * side * channels, 'per-face');
    return tfc.tensor4d(faces, [luminance.length / LUMINANCE_BYTES, side, side, channels]);
  }

  async #moments(): Promise<Checkpoint['optimizer']> {
    const named = await this.#optimizer.getWeights();
    const moments = await Promise.all(named.map(async ({ name, tensor }) => ({ name, shape: tensor.shape, values: Float32Array.from(await readValues(tensor)) })));
    // Each call returns a new tensor for the step count, but the optimizer's own tensors for the moments.
    named[0]?.tensor.dispose();
    return moments;
  }
}

/** Random permutation of the numbers below `count` (Fisher–Yates). */
function shuffled(count: number, random: () => number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] ?? j, order[i] ?? i];
  }
  return order;
}

/** Accuracy and mean cross-entropy. */
function measure(shares: Float32Array, labels: readonly number[], classes: number): { readonly accuracy: number; readonly loss: number } {
  let [right, loss] = [0, 0];
  labels.forEach((label, face) => {
    const own = shares.subarray(face * classes, (face + 1) * classes);
    if (own.indexOf(Math.max(...own)) === label) right++;
    loss -= Math.log(Math.max(1e-7, own[label] ?? 0));
  });
  return { accuracy: right / labels.length, loss: loss / labels.length };
}
