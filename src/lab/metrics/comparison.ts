import { visitYielding } from '../../engine/yield-to-event-loop';
import { randomFrom } from '../random';
import { answerTo, type Answers } from './answers';
import type { Interval } from './accuracy';

/** Comparison of two models on the same faces. */
export interface Comparison {
  /** Labelled faces. */
  readonly count: number;
  /** Faces that only this model classifies correctly. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Accuracy of the second minus that of the first, −1 to 1. */
  readonly difference: number;
  /** 95 %, bootstrapped over groups: faces of one person, or of one burst, are not independent evidence. */
  readonly interval: Interval;
  readonly groups: number;
  /** Two-sided p value of McNemar's exact test, 0–1. */
  readonly mcnemar: number;
}

const RESAMPLES = 2_000;

/**
 * Compares two models face by face.
 *
 * @param groups group of each face: a person, or near-duplicates of an unknown person.
 * @throws RangeError if the models did not answer the same faces; the signal's reason.
 */
export async function compare(first: Answers, second: Answers, groups: readonly string[], signal: AbortSignal): Promise<Comparison> {
  if (first.labels.length !== second.labels.length || first.labels.some((label, face) => label !== second.labels[face])) {
    throw new RangeError('two models are compared on the same faces');
  }
  const gains = new Map<string, { faces: number; gain: number }>();
  let [count, onlyFirst, onlySecond] = [0, 0, 0];
  first.labels.forEach((label, face) => {
    if (label < 0) return;
    const [a, b] = [first, second].map((answers) => answerTo(answers, face).predicted === label);
    count++;
    if (a && !b) onlyFirst++;
    if (b && !a) onlySecond++;
    const group = groups[face] ?? `face ${face}`;
    const before = gains.get(group) ?? { faces: 0, gain: 0 };
    gains.set(group, { faces: before.faces + 1, gain: before.gain + Number(b) - Number(a) });
  });
  return {
    count,
    onlyFirst,
    onlySecond,
    difference: (onlySecond - onlyFirst) / Math.max(1, count),
    interval: await bootstrap(Array.from(gains.values()), signal),
    groups: gains.size,
    mcnemar: mcnemarExact(onlyFirst, onlySecond),
  };
}

/**
 * Two-sided p value of McNemar's exact test: the probability that a fair coin, tossed once per discordant face, falls at least as unevenly (McNemar,
 * Psychometrika 1947).
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  const tosses = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  // Logarithms, since 2^-tosses underflows beyond about a thousand.
  let logTerm = -tosses * Math.LN2;
  let tail = 0;
  for (let heads = 0; heads <= fewer; heads++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(tosses - heads) - Math.log(heads + 1);
  }
  return Math.min(1, 2 * tail);
}

/**
 * 95 % percentile interval of the gain per face, resampling groups with replacement. Deterministic; yields to the page, since it draws millions of
 * samples.
 */
async function bootstrap(groups: readonly { readonly faces: number; readonly gain: number }[], signal: AbortSignal): Promise<Interval> {
  if (groups.length === 0) return { low: -1, high: 1 };
  const random = randomFrom(groups.length);
  const gains = new Float64Array(RESAMPLES);
  await visitYielding(
    gains.keys(),
    (resample) => {
      let [faces, gain] = [0, 0];
      for (let i = 0; i < groups.length; i++) {
        const drawn = groups[Math.floor(random() * groups.length)];
        faces += drawn?.faces ?? 0;
        gain += drawn?.gain ?? 0;
      }
      gains[resample] = gain / faces;
    },
    signal,
  );
  gains.sort();
  return { low: quantile(gains, 0.025), high: quantile(gains, 0.975) };
}

/** Linearly interpolates between the two nearest values. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? NaN;
  return below + (at % 1) * ((sorted[Math.ceil(at)] ?? NaN) - below);
}
