import type { QualityConcern } from './types';

/** Below this confidence (0–1) no expression stands out enough to be named. */
export const UNCERTAIN_BELOW = 0.45;

/** Whether what was read of a face should not be named: nothing stands out, or the face could not be seen well. */
export function isUncertain(confidence: number, concerns: readonly QualityConcern[]): boolean {
  return concerns.length > 0 || confidence < UNCERTAIN_BELOW;
}
