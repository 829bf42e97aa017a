import { EXPRESSIONS } from './labels';

const CLASSES = EXPRESSIONS.length;

/** How readily expressions are named other than neutral and happy, which are frequent in the training data. */
export const SENSITIVITIES = ['cautious', 'balanced', 'eager'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];
export const DEFAULT_SENSITIVITY: Sensitivity = 'balanced';

/** One point on the line from the training data's class prior to none. */
export interface MixingLevel {
  /** Power of each head's prior that is divided out, 0 (none) to 1 (all) and a little beyond. */
  readonly power: number;
  /** Values below 1 sharpen. */
  readonly temperature: number;
}

/**
 * Rule that combines the heads' answers: each head's probabilities divided by its prior to a power, weighted on probabilities or
 * logarithms, then a temperature (Saerens et al., "Adjusting the outputs of a classifier to new a priori probabilities", 2002).
 * The same arithmetic as `training/mixing.py`.
 */
export interface MixingRule {
  readonly on: 'probabilities' | 'logarithms';
  /** Head name → share (0–1); a head without one has weight 0. */
  readonly shares: Readonly<Record<string, number>>;
  /** Head name → class shares of its training labels, in the order of `EXPRESSIONS`, each above 0. */
  readonly priors: Readonly<Record<string, readonly number[]>>;
  readonly levels: Readonly<Record<Sensitivity, MixingLevel>>;
}

/**
 * Mixes one face's probabilities from its logits.
 *
 * @param logits all heads side by side, in the order of `heads`: [heads × 7].
 */
export function mix(logits: ArrayLike<number>, heads: readonly string[], rule: MixingRule, sensitivity: Sensitivity): number[] {
  const { power, temperature } = rule.levels[sensitivity];
  const mixed = new Array<number>(CLASSES).fill(0);
  heads.forEach((head, h) => {
    const share = rule.shares[head] ?? 0;
    if (share === 0) return;
    const prior = rule.priors[head] ?? [];
    const adjusted = headLogits(logits, h).map((v, k) => v - power * Math.log(prior[k] ?? NaN));
    const p = softmax(adjusted);
    for (let k = 0; k < CLASSES; k++) {
      const own = p[k] ?? NaN;
      mixed[k] = (mixed[k] ?? 0) + share * (rule.on === 'probabilities' ? own : Math.log(Math.max(own, Number.MIN_VALUE)));
    }
  });
  return softmax(mixed.map((v) => (rule.on === 'probabilities' ? Math.log(v) : v) / temperature));
}

/** The h-th head's own probabilities, from the logits of all heads side by side. */
export function headProbabilities(logits: ArrayLike<number>, h: number): number[] {
  return softmax(headLogits(logits, h));
}

function headLogits(logits: ArrayLike<number>, h: number): number[] {
  return Array.from({ length: CLASSES }, (_, k) => logits[h * CLASSES + k] ?? NaN);
}

function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const powers = logits.map((v) => Math.exp(v - top));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}
