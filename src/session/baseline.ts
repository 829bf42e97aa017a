import { isUncertain } from '../engine/face-quality';
import { dominant, EXPRESSIONS, toProbabilities, type Probabilities } from '../engine/labels';
import type { FaceObservation } from '../engine/types';
import type { StoredFace } from './observation-store';

/** Probabilities of a person's face at rest. */
export interface Baseline {
  /** Mean over single frames, 0–1. */
  readonly probabilities: Probabilities;
  /** Number of averaged frames, ≥ 1. */
  readonly readings: number;
}

/**
 * Adjusted probability of neutral for a face at rest: high enough to name it with confidence, and low enough for changes to show; with certainty at
 * rest, no expression could ever win.
 */
const NEUTRAL_AT_REST = 0.7;
const OTHERS_AT_REST = (1 - NEUTRAL_AT_REST) / (EXPRESSIONS.length - 1);
/** Noise floor of probabilities: without it, a rise from 0.0001 to 0.01 would count as much as one from 0.01 to 1. */
const FLOOR = 0.01;

/**
 * Probabilities relative to a person's face at rest: softmax(log(p + 0.01) − log(b + 0.01) + log(r)), where `b` is the baseline, and `r` is 0.7 for
 * neutral and 0.05 for each other expression.
 *
 * The resting face is treated as the classifier's prior for this person and replaced by another prior, as in Saerens et al., "Adjusting the outputs
 * of a classifier to new a priori probabilities" (2002). A difference of probabilities was rejected: it is not a distribution, and a face that is 60
 * % sad at rest could gain at most 40 points of sadness but 100 of anything else.
 *
 * @param probabilities in the order of `EXPRESSIONS`.
 * @returns in the same order; they sum to 1.
 */
export function relativeTo(probabilities: ArrayLike<number>, baseline: Baseline): Float32Array {
  const odds = EXPRESSIONS.map((e, i) => {
    const rest = e === 'neutral' ? NEUTRAL_AT_REST : OTHERS_AT_REST;
    return (((probabilities[i] ?? NaN) + FLOOR) / (baseline.probabilities[e] + FLOOR)) * rest;
  });
  const sum = odds.reduce((a, b) => a + b, 0);
  return Float32Array.from(odds, (value) => value / sum);
}

/** A face for display: as classified, or relative to the person's face at rest. */
export type ShownFace = FaceObservation & { readonly relative?: true };

/** A face relative to its person's face at rest. Shows the most probable label, since a label held by hysteresis has no meaning here. */
export function relativeFace(face: FaceObservation, baseline: Baseline): ShownFace {
  if (face.status !== 'classified') return face;
  const of = (probabilities: Probabilities) => toProbabilities(relativeTo(EXPRESSIONS.map((e) => probabilities[e]), baseline));
  const smoothed = of(face.smoothed);
  const { label, confidence } = dominant(smoothed);
  return { ...face, raw: of(face.raw), smoothed, label, confidence, uncertain: isUncertain(confidence, face.concerns), relative: true };
}

/** A stored face relative to its person's face at rest. */
export function relativeStored(face: StoredFace, baseline: Baseline): StoredFace {
  const smoothed = relativeTo(face.smoothed, baseline);
  const { label, confidence } = dominant(toProbabilities(smoothed));
  // Spreading a stored face would not copy its lazy column getters.
  const { timestampMs, untilMs, track, box, score, headPose, concerns } = face;
  const raw = relativeTo(face.raw, baseline);
  return { timestampMs, untilMs, track, box, score, headPose, concerns, raw, smoothed, label, confidence, uncertain: isUncertain(confidence, concerns) };
}

/** Fewer frames are a momentary expression, not a face at rest. */
export const LEAST_READINGS = 3;

/** Averages the frames of a face at rest. */
export class BaselineTally {
  readonly #sums = new Float64Array(EXPRESSIONS.length);
  #readings = 0;

  /** @param raw probabilities of one frame, in the order of `EXPRESSIONS`. */
  add(raw: ArrayLike<number>): void {
    this.#readings++;
    for (let i = 0; i < this.#sums.length; i++) this.#sums[i] = (this.#sums[i] ?? 0) + (raw[i] ?? NaN);
  }

  /** Null if the face was in too few frames. */
  baseline(): Baseline | null {
    if (this.#readings < LEAST_READINGS) return null;
    return { probabilities: toProbabilities(this.#sums.map((sum) => sum / this.#readings)), readings: this.#readings };
  }
}
