import { yieldToEventLoop } from '../../engine/yield-to-event-loop';

/** A last layer: maps features to one logit per class. */
export interface Head {
  /** [width × classes]. */
  readonly kernel: Float32Array<ArrayBuffer>;
  /** [classes]. */
  readonly bias: Float32Array<ArrayBuffer>;
}

export interface Examples {
  /** [n × width]. */
  readonly features: Float32Array;
  readonly width: number;
  /** Class of each, 0 to `classes` − 1. */
  readonly labels: readonly number[];
  readonly classes: number;
}

/** Strength of the L2 penalty: keeps a few examples from overfitting to chance features. */
const PENALTY = 1;
const MOST_STEPS = 500;
/** Converged when the gradient's largest component, per example, is below this. */
const AT_REST = 1e-5;
const LEAST_DEVIATION = 1e-6;

/**
 * Multinomial logistic regression on standardised features: minimizes the class-balanced sum of negative log-likelihoods plus half of `PENALTY` times
 * the squared weights. Convex, so the same examples give the same head. Uses Nesterov's accelerated gradient with restarts (O'Donoghue and Candès,
 * 2015). Yields after each step so that its worker can answer pings.
 */
export async function fitHead({ features, width, labels, classes }: Examples): Promise<Head> {
  const { mean, deviation } = momentsOf(features, width, labels.length);
  const x = Float64Array.from(features, (value, i) => (value - (mean[i % width] ?? 0)) / (deviation[i % width] ?? 1));
  const weights = classWeights(labels, classes);
  const step = 1 / (curvature(x, width, labels, weights) + PENALTY);
  let at = new Float64Array(width * classes + classes);
  let ahead = at;
  let momentum = 1;
  for (let i = 0; i < MOST_STEPS; i++) {
    const gradient = gradientAt(ahead, x, width, labels, weights);
    const next = ahead.map((value, j) => value - step * (gradient[j] ?? 0));
    if (gradient.every((value) => Math.abs(value) < AT_REST * labels.length)) return unstandardised(next, width, classes, mean, deviation);
    const before = at;
    const isUphill = gradient.reduce((sum, value, j) => sum + value * ((next[j] ?? 0) - (before[j] ?? 0)), 0) > 0;
    const nextMomentum = isUphill ? 1 : (1 + Math.sqrt(1 + 4 * momentum ** 2)) / 2;
    const carry = isUphill ? 0 : (momentum - 1) / nextMomentum;
    ahead = next.map((value, j) => value + carry * (value - (before[j] ?? 0)));
    at = next;
    momentum = nextMomentum;
    await yieldToEventLoop();
  }
  return unstandardised(at, width, classes, mean, deviation);
}

/** Class probabilities, [n × classes]. */
export function applyHead({ kernel, bias }: Head, features: Float32Array, width: number): Float32Array {
  const classes = bias.length;
  const count = features.length / width;
  const shares = new Float32Array(count * classes);
  for (let face = 0; face < count; face++) {
    const logits = Array.from(bias, (own, k) => {
      let sum = own;
      for (let i = 0; i < width; i++) sum += (features[face * width + i] ?? 0) * (kernel[i * classes + k] ?? 0);
      return sum;
    });
    softmax(logits).forEach((share, k) => (shares[face * classes + k] = share));
  }
  return shares;
}

function momentsOf(features: Float32Array, width: number, count: number): { mean: Float64Array; deviation: Float64Array } {
  const mean = new Float64Array(width);
  features.forEach((value, i) => (mean[i % width] = (mean[i % width] ?? 0) + value / count));
  const variance = new Float64Array(width);
  features.forEach((value, i) => (variance[i % width] = (variance[i % width] ?? 0) + (value - (mean[i % width] ?? 0)) ** 2 / count));
  return { mean, deviation: variance.map((value) => Math.max(LEAST_DEVIATION, Math.sqrt(value))) };
}

/** Weight of each class: balances the classes and keeps the total equal to the number of faces. */
function classWeights(labels: readonly number[], classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const present = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count > 0 ? labels.length / (present * count) : 0));
}

const POWER_STEPS = 30;

/** Upper bound on the likelihood's second derivative in any direction: half of the largest eigenvalue of the weighted x′x, by power iteration. */
function curvature(x: Float64Array, width: number, labels: readonly number[], weights: Float64Array): number {
  let direction = new Float64Array(width + 1).fill(1 / Math.sqrt(width + 1));
  let length = 1;
  for (let i = 0; i < POWER_STEPS; i++) {
    const next = new Float64Array(width + 1);
    labels.forEach((label, face) => {
      let along = direction[width] ?? 0;
      for (let j = 0; j < width; j++) along += (x[face * width + j] ?? 0) * (direction[j] ?? 0);
      along *= weights[label] ?? 0;
      for (let j = 0; j < width; j++) next[j] = (next[j] ?? 0) + along * (x[face * width + j] ?? 0);
      next[width] = (next[width] ?? 0) + along;
    });
    length = Math.hypot(...next);
    if (!(length > 0)) return 1;
    direction = next.map((each) => each / length);
  }
  // Slightly more than half, since power iteration converges from below.
  return 0.55 * length;
}

/** Gradient of the objective at a head for standardised features: [width × classes], then the biases. */
function gradientAt(head: Float64Array, x: Float64Array, width: number, labels: readonly number[], weights: Float64Array): Float64Array<ArrayBuffer> {
  const classes = weights.length;
  const gradient = Float64Array.from(head, (value, j) => (j < width * classes ? PENALTY * value : 0));
  labels.forEach((label, face) => {
    const logits = Array.from(head.subarray(width * classes));
    for (let i = 0; i < width; i++) {
      const value = x[face * width + i] ?? 0;
      for (let k = 0; k < classes; k++) logits[k] = (logits[k] ?? 0) + value * (head[i * classes + k] ?? 0);
    }
    const errors = softmax(logits).map((share, k) => (weights[label] ?? 0) * (share - (k === label ? 1 : 0)));
    for (let i = 0; i < width; i++) {
      const value = x[face * width + i] ?? 0;
      for (let k = 0; k < classes; k++) gradient[i * classes + k] = (gradient[i * classes + k] ?? 0) + value * (errors[k] ?? 0);
    }
    errors.forEach((error, k) => (gradient[width * classes + k] = (gradient[width * classes + k] ?? 0) + error));
  });
  return gradient;
}

/** Converts the head to raw features. */
function unstandardised(head: Float64Array, width: number, classes: number, mean: Float64Array, deviation: Float64Array): Head {
  const kernel = new Float32Array(width * classes);
  const bias = Float64Array.from(head.subarray(width * classes));
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < classes; k++) {
      const weight = (head[i * classes + k] ?? 0) / (deviation[i] ?? 1);
      kernel[i * classes + k] = weight;
      bias[k] = (bias[k] ?? 0) - weight * (mean[i] ?? 0);
    }
  }
  return { kernel, bias: Float32Array.from(bias) };
}

function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
