import { isUncertain } from '../engine/face-quality';
import { dominant, toProbabilities, type Expression } from '../engine/labels';
import type { StoredFace } from './observation-store';

/** A frame with a longer duration, ms, is a held picture rather than part of a moving one. */
export const HELD_MS = 2000;

/** Observations are weighted by duration, ms; those without one get this minimal weight. */
export const LEAST_WEIGHT_MS = 1e-3;

/** A face's values for the duration of its frame. */
export interface StandingFace {
  readonly label: Expression;
  /** Probability of the label, 0–1. */
  readonly confidence: number;
  readonly uncertain: boolean;
  /** In the order of `EXPRESSIONS`. */
  readonly probabilities: Float32Array;
}

export function isHeld({ timestampMs, untilMs }: Pick<StoredFace, 'timestampMs' | 'untilMs'>): boolean {
  return untilMs - timestampMs > HELD_MS;
}

/**
 * A face's values for the duration of its frame: the smoothed ones, except in a held picture. There, smoothing has only started to follow the raw
 * values, and would have converged long before the picture changes.
 */
export function asItStands(face: StoredFace): StandingFace {
  if (!isHeld(face)) return { label: face.label, confidence: face.confidence, uncertain: face.uncertain, probabilities: face.smoothed };
  const { label, confidence } = dominant(toProbabilities(face.raw));
  return { label, confidence, uncertain: isUncertain(confidence, face.concerns), probabilities: face.raw };
}
