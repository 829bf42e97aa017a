import * as tf from '@tensorflow/tfjs-core';
import { EXPRESSIONS, type Expression } from '../engine/labels';
import type { BroughtNetwork } from './brought-network';
import { expressionOf, LABEL_ORDERS, type LabelOrder } from './label-names';
import { PROBE_FACES } from './probe-faces';
import { scaleFaces, SCALINGS, type Scaling } from './scaling';

/** What a model's file does not say, as the drawn faces suggest it. Confidences are 0–1, of the first choice among those tried. */
export interface InputProposal {
  readonly scaling: Scaling;
  readonly scalingConfidence: number;
  /** Labels of the outputs; null where no known order has as many. */
  readonly labels: readonly string[] | null;
  /** Name of that order, e.g. `FER2013`. */
  readonly order: string | null;
  readonly labelsConfidence: number;
}

/** How much one nat of `normalizationGap` counts: the right scaling is near 0.02 on drawn faces, the next ones from 0.2 up. */
const GAP_WORTH = 20;
/** A scaling that lies this far (nats) behind is not tried. */
const HOPELESS = 40;
/** How many independent faces an expression's drawings are worth: they look alike, and are no photographs. */
const FACES_WORTH = 2;
/** Faces 255 times too bright drive a network without batch norms to answers of this sureness, right or wrong. */
const SATURATED = 1e-9;
const SATURATION_WORTH = 12;
/** A network is never held to have been surer than this that a drawing is not what it shows. */
const LEAST_PROBABILITY = 0.02;
/** Logarithms of how common each scaling is, and of how much rarer each next order of `LABEL_ORDERS`. */
const SCALING_PRIOR: Readonly<Record<(typeof SCALINGS)[number], number>> = { unit: 0, 'minus-one-to-one': -0.7, bytes: -0.7, 'per-face': -1.5 };
const ORDER_PRIOR = -0.3;
/** Faces in one run, so that 224 pixels in colour fit too. */
const BATCH = 14;

/**
 * Tries every scaling and every known order of labels on drawn faces. The scaling shows where a batch norm remembers the
 * scale of its training; else, and for labels, the pair under which the drawings are read best is the likeliest.
 *
 * @param probes the bytes of `PROBE_FACES.file`.
 * @param known what need not be found out.
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
  // Faces 255 times too bright may drive a network beyond all numbers.
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

/** The scalings worth a trial, by what a batch norm remembers. */
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

/** The drawn faces at the size and with the channels of the network's input, 0–1, people first. */
export function drawnFacesFor({ facts: { side, channels } }: BroughtNetwork, probes: Uint8Array): Float32Array {
  const { side: drawn, looks } = PROBE_FACES;
  return tf.tidy(() => {
    const gray = tf.tensor4d(Float32Array.from(probes, (byte) => byte / 255), [EXPRESSIONS.length, looks, drawn * drawn, 1]);
    // Any few of them in a row then show all expressions.
    const byPerson = tf.reshape<tf.Rank.R4>(tf.transpose(gray, [1, 0, 2, 3]), [EXPRESSIONS.length * looks, drawn, drawn, 1]);
    const sized = tf.image.resizeBilinear(byPerson, [side, side], false, true);
    return (channels === 1 ? sized : tf.tile(sized, [1, 1, 1, channels])).dataSync().slice() as Float32Array;
  });
}

interface Answers {
  /** Of each expression's drawings: the mean logarithm of what each output gave. */
  readonly means: ReadonlyMap<Expression, readonly number[]>;
  /** Share of faces, 0–1, to which the network gave one answer and less than `SATURATED` to any other. */
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

/** An order that lacks an expression is held to guess it, else orders would gain by naming fewer. */
function fitOf(labels: readonly string[], means: ReadonlyMap<Expression, readonly number[]>): number {
  const named = labels.map(expressionOf);
  const guess = Math.log(1 / labels.length);
  return EXPRESSIONS.reduce((sum, expression) => sum + FACES_WORTH * (means.get(expression)?.[named.indexOf(expression)] ?? guess), 0);
}

/** Where no order is known: every expression at the output that likes it most. */
function bestFit(means: ReadonlyMap<Expression, readonly number[]>): number {
  return Array.from(means.values()).reduce((sum, outputs) => sum + FACES_WORTH * Math.max(...outputs), 0);
}

function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
