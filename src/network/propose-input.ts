import * as tf from '@tensorflow/tfjs-core';
import { EXPRESSIONS, type Expression } from '../engine/labels';
import type { BroughtNetwork } from './brought-network';
import { expressionOf, LABEL_ORDERS, type LabelOrder } from './label-names';
import { PROBE_FACES } from './probe-faces';
import { scaleFaces, SCALINGS, type Scaling } from './scaling';

/** Proposal for undeclared properties of a model, inferred from drawn faces. Confidences are 0–1, for the best candidate. */
export interface InputProposal {
  readonly scaling: Scaling;
  readonly scalingConfidence: number;
  /** Labels of the outputs; null if no known order has that many. */
  readonly labels: readonly string[] | null;
  /** Name of that order, e.g. `FER2013`. */
  readonly order: string | null;
  readonly labelsConfidence: number;
}

/** Weight of one nat of `normalizationGap`: the right scaling is near 0.02 on drawn faces, the next ones start at 0.2. */
const GAP_WORTH = 20;
/** Scalings this far (nats) behind the best are skipped. */
const HOPELESS = 40;
/** Number of independent faces that an expression's drawings count as: they look alike, and are not photographs. */
const FACES_WORTH = 2;
/** Faces that are 255 times too bright drive a network without batch norms to answers with this certainty, right or wrong. */
const SATURATED = 1e-9;
const SATURATION_WORTH = 12;
/** Lower bound for the probability of the drawn expression, so that overconfident answers do not dominate. */
const LEAST_PROBABILITY = 0.02;
/** Log priors of the scalings, and penalty for each further order in `LABEL_ORDERS`. */
const SCALING_PRIOR: Readonly<Record<(typeof SCALINGS)[number], number>> = { unit: 0, 'minus-one-to-one': -0.7, bytes: -0.7, 'per-face': -1.5 };
const ORDER_PRIOR = -0.3;
/** Faces per batch, small enough for 224 pixels in colour. */
const BATCH = 14;

/**
 * Tries every scaling and every known label order on drawn faces. A batch norm's statistics reveal the scaling; otherwise, and for labels, the pair
 * that classifies the drawings best is the most likely one.
 *
 * @param probes bytes of `PROBE_FACES.file`.
 * @param known properties that are given.
 */
export async function proposeInput(network: BroughtNetwork, probes: Uint8Array, known: Known = { scaling: null, labels: null }): Promise<InputProposal> {
  const faces = drawnFacesFor(network, probes);
  const orders = ordersFor(network.facts.classes, known.labels);
  const scores: { scaling: Scaling; order: number; score: number }[] = [];
  for (const { scaling, score, scaled } of await likelyScalings(network, faces, known.scaling)) {
    const { means, saturated } = await answersTo(network, scaled);
    const ofScaling = score - SATURATION_WORTH * saturated;
    for (const [i, { labels }] of orders.entries()) {
      scores.push({ scaling, order: i, score: ofScaling + ORDER_PRIOR * i + fitOf(labels, means) });
    }
    if (orders.length === 0) scores.push({ scaling, order: -1, score: ofScaling + bestFit(means) });
  }
  // Faces that are 255 times too bright may make a network return NaN.
  const shares = softmax(scores.map(({ score }) => (Number.isFinite(score) ? score : -Infinity)));
  const best = scores[shares.indexOf(Math.max(...shares))];
  if (!best) throw new RangeError('nothing was tried');
  const shareOf = (matches: (of: (typeof scores)[number]) => boolean) => shares.reduce((sum, share, i) => (scores[i] && matches(scores[i]) ? sum + share : sum), 0);
  const order = orders[best.order] ?? null;
  return {
    scaling: best.scaling,
    scalingConfidence: shareOf(({ scaling }) => scaling === best.scaling),
    labels: order?.labels ?? null,
    order: order?.name ?? null,
    labelsConfidence: order ? shareOf((each) => each.order === best.order) : 0,
  };
}

/** Scalings worth a trial, judged by a batch norm's statistics. */
async function likelyScalings(network: BroughtNetwork, faces: Float32Array, known: Scaling | null) {
  const tried: { scaling: Scaling; score: number; scaled: Float32Array }[] = [];
  for (const scaling of known ? [known] : SCALINGS) {
    const scaled = faces.slice();
    scaleFaces(scaled, network.faceLength, scaling);
    const gap = await network.normalizationGap(scaled.slice(0, BATCH * network.faceLength));
    tried.push({ scaling, scaled, score: (typeof scaling === 'string' ? SCALING_PRIOR[scaling] : 0) - GAP_WORTH * (gap ?? 0) });
  }
  const best = Math.max(...tried.map(({ score }) => score));
  return tried.filter(({ score }) => score > best - HOPELESS);
}

interface Known {
  readonly scaling: Scaling | null;
  readonly labels: readonly string[] | null;
}

function ordersFor(classes: number, labels: readonly string[] | null): readonly Pick<LabelOrder, 'name' | 'labels'>[] {
  return labels ? [{ name: 'given', labels }] : LABEL_ORDERS.filter((order) => order.labels.length === classes);
}

/** The drawn faces at the network's input size and channels, 0–1, grouped by person. */
export function drawnFacesFor({ facts: { side, channels } }: BroughtNetwork, probes: Uint8Array): Float32Array {
  const { side: drawn, looks } = PROBE_FACES;
  return tf.tidy(() => {
    const gray = tf.tensor4d(Float32Array.from(probes, (byte) => byte / 255), [EXPRESSIONS.length, looks, drawn * drawn, 1]);
    // Any few consecutive faces then contain all expressions.
    const byPerson = tf.reshape<tf.Rank.R4>(tf.transpose(gray, [1, 0, 2, 3]), [EXPRESSIONS.length * looks, drawn, drawn, 1]);
    const sized = tf.image.resizeBilinear(byPerson, [side, side], false, true);
    return (channels === 1 ? sized : tf.tile(sized, [1, 1, 1, channels])).dataSync().slice() as Float32Array;
  });
}

interface Answers {
  /** For the drawings of each expression, the mean log probability of each output. */
  readonly means: ReadonlyMap<Expression, readonly number[]>;
  /** Share of faces, 0–1, with one certain answer and less than `SATURATED` for every other class. */
  readonly saturated: number;
}

async function answersTo(network: BroughtNetwork, faces: Float32Array): Promise<Answers> {
  const { classes } = network.facts;
  const means = new Map(EXPRESSIONS.map((expression) => [expression, new Array<number>(classes).fill(0)]));
  const count = faces.length / network.faceLength;
  let saturated = 0;
  for (let from = 0; from < count; from += BATCH) {
    const answers = await network.predict(faces.slice(from * network.faceLength, (from + BATCH) * network.faceLength));
    for (let face = 0; face * classes < answers.length; face++) {
      const shares = answers.subarray(face * classes, (face + 1) * classes);
      const own = means.get(EXPRESSIONS[(from + face) % EXPRESSIONS.length] ?? 'neutral') ?? [];
      shares.forEach((share, k) => (own[k] = (own[k] ?? 0) + Math.log(Math.max(LEAST_PROBABILITY, share)) / PROBE_FACES.looks));
      const [, second = 0] = shares.slice().sort().reverse();
      if (second < SATURATED) saturated += 1 / count;
    }
  }
  return { means, saturated };
}

/** An order without an expression counts as guessing it; otherwise, orders would gain by naming fewer. */
function fitOf(labels: readonly string[], means: ReadonlyMap<Expression, readonly number[]>): number {
  const named = labels.map(expressionOf);
  const guess = Math.log(1 / labels.length);
  return EXPRESSIONS.reduce((sum, expression) => sum + FACES_WORTH * (means.get(expression)?.[named.indexOf(expression)] ?? guess), 0);
}

/** Without a known order: assigns each expression to its most probable output. */
function bestFit(means: ReadonlyMap<Expression, readonly number[]>): number {
  return Array.from(means.values()).reduce((sum, outputs) => sum + FACES_WORTH * Math.max(...outputs), 0);
}

function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
