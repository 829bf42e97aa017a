import { EXPRESSIONS } from '../engine/labels';
import type { StoredFace } from './observation-store';

/** Seven curves, thinned to one point per bucket of time. */
export interface DecimatedSeries {
  /** Start of the first bucket, a multiple of `bucketMs`. */
  readonly startMs: number;
  readonly bucketMs: number;
  readonly length: number;
  /** `[length × 7]`, the bucket's mean (0–1) of each expression; NaN where nothing was observed. */
  readonly means: Float32Array;
}

/**
 * Thins observations to the buckets that cover `fromMs` to `toMs`. Bucket borders are fixed in time,
 * not to the window, so a curve keeps its shape while the window moves over it.
 */
export function decimate(faces: Iterable<StoredFace>, fromMs: number, toMs: number, bucketMs: number): DecimatedSeries {
  const kinds = EXPRESSIONS.length;
  const first = Math.floor(fromMs / bucketMs);
  const length = Math.max(1, Math.floor(toMs / bucketMs) - first + 1);
  const means = new Float32Array(length * kinds);
  const counts = new Uint32Array(length);
  for (const { timestampMs, smoothed } of faces) {
    const bucket = Math.floor(timestampMs / bucketMs) - first;
    if (bucket < 0 || bucket >= length) continue;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    for (let i = 0; i < kinds; i++) {
      const at = bucket * kinds + i;
      means[at] = (means[at] ?? 0) + (smoothed[i] ?? 0);
    }
  }
  for (let bucket = 0; bucket < length; bucket++) {
    const count = counts[bucket] ?? 0;
    for (let at = bucket * kinds; at < (bucket + 1) * kinds; at++) {
      means[at] = count > 0 ? (means[at] ?? 0) / count : NaN;
    }
  }
  return { startMs: first * bucketMs, bucketMs, length, means };
}
