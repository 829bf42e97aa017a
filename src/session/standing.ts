import { isUncertain } from '../engine/face-quality';
import { dominant, toProbabilities, type Expression } from '../engine/labels';
import type { StoredFace } from './observation-store';

/** A frame that stands longer than this, ms, is a picture that is held, not one of a moving picture. */
export const HELD_MS = 2000;

/** What a face shows while its frame stands. */
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
 * What a face shows while its frame stands. That is what was smoothed, except in a picture that is held: there smoothing
 * has only begun to follow what was read, and would have arrived long before the picture changes.
 */
export function asItStands(face: StoredFace): StandingFace {
  if (!isHeld(face)) return { label: face.label, confidence: face.confidence, uncertain: face.uncertain, probabilities: face.smoothed };
  const { label, confidence } = dominant(toProbabilities(face.raw));
  return { label, confidence, uncertain: isUncertain(confidence, face.concerns), probabilities: face.raw };
}
