import { EXPRESSIONS } from '../engine/labels';
import type { StoredFace } from './observation-store';
import { asItStands, isHeld, LEAST_WEIGHT_MS } from './standing';

const KINDS = EXPRESSIONS.length;

/** Seven curves, decimated to one point per time bucket. */
export interface DecimatedSeries {
  /** Start of the first bucket, a multiple of `bucketMs`. */
  readonly startMs: number;
  readonly bucketMs: number;
  readonly length: number;
  /** `[length × 7]`, time-weighted mean of each expression in the bucket (0–1); NaN without observations. */
  readonly means: Float32Array;
  /** `[length × 7]`, maximum of each expression in the bucket (0–1), so that events shorter than a bucket still show; NaN as above. */
  readonly peaks: Float32Array;
}

/** A growing row of equal buckets, with sums that become means on reading. */
export class BucketRow {
  readonly bucketMs: number;
  #first: number | null = null;
  #length = 0;
  /** Total duration of observations, ms. */
  #weights = new Float32Array(16);
  #sums = new Float32Array(16 * KINDS);
  #peaks = new Float32Array(16 * KINDS);

  constructor(bucketMs: number) {
    this.bucketMs = bucketMs;
  }

  /**
   * Adds an observation to the bucket of its own time. An observation of a held picture also counts in the buckets up to its end, because the picture
   * is still visible there.
   *
   * @param timestampMs not before the bucket of the first observation.
   * @param untilMs end of the observation.
   */
  add(timestampMs: number, untilMs: number, values: Float32Array): void {
    const bucket = Math.floor(timestampMs / this.bucketMs);
    if (!isHeld({ timestampMs, untilMs })) {
      this.#weigh(bucket, Math.max(LEAST_WEIGHT_MS, untilMs - timestampMs), values);
      return;
    }
    for (let at = bucket; at * this.bucketMs < untilMs; at++) {
      const [fromMs, toMs] = [Math.max(timestampMs, at * this.bucketMs), Math.min(untilMs, (at + 1) * this.bucketMs)];
      this.#weigh(at, Math.max(LEAST_WEIGHT_MS, toMs - fromMs), values);
    }
  }

  /** Returns the buckets that cover `fromMs` to `toMs`. */
  read(fromMs: number, toMs: number): DecimatedSeries {
    const start = Math.floor(fromMs / this.bucketMs);
    const length = Math.max(1, Math.floor(toMs / this.bucketMs) - start + 1);
    const means = new Float32Array(length * KINDS).fill(NaN);
    const peaks = new Float32Array(length * KINDS).fill(NaN);
    const first = this.#first ?? 0;
    const last = Math.min(start + length, first + this.#length);
    for (let bucket = Math.max(start, first); bucket < last; bucket++) {
      const from = bucket - first;
      const weight = this.#weights[from] ?? 0;
      if (weight === 0) continue;
      for (let i = 0; i < KINDS; i++) {
        const to = (bucket - start) * KINDS + i;
        means[to] = (this.#sums[from * KINDS + i] ?? 0) / weight;
        peaks[to] = this.#peaks[from * KINDS + i] ?? 0;
      }
    }
    return { startMs: start * this.bucketMs, bucketMs: this.bucketMs, length, means, peaks };
  }

  #weigh(bucket: number, weightMs: number, values: Float32Array): void {
    this.#first ??= bucket;
    const at = bucket - this.#first;
    this.#reserve(at + 1);
    this.#weights[at] = (this.#weights[at] ?? 0) + weightMs;
    for (let i = 0; i < KINDS; i++) {
      const value = values[i] ?? 0;
      const cell = at * KINDS + i;
      this.#sums[cell] = (this.#sums[cell] ?? 0) + weightMs * value;
      if (value > (this.#peaks[cell] ?? 0)) this.#peaks[cell] = value;
    }
  }

  #reserve(length: number): void {
    if (length <= this.#length) return;
    this.#length = length;
    if (length <= this.#weights.length) return;
    const capacity = Math.max(length, this.#weights.length * 2);
    this.#weights = grown(this.#weights, new Float32Array(capacity));
    this.#sums = grown(this.#sums, new Float32Array(capacity * KINDS));
    this.#peaks = grown(this.#peaks, new Float32Array(capacity * KINDS));
  }
}

function grown(old: Float32Array, larger: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  larger.set(old);
  return larger;
}

/**
 * Decimates observations to the buckets that cover `fromMs` to `toMs`. Bucket borders are fixed in time rather than relative to the window, so that a
 * curve keeps its shape while the window moves.
 *
 * @param faces in order of time, starting with the one in effect at `fromMs`.
 */
export function decimate(faces: Iterable<StoredFace>, fromMs: number, toMs: number, bucketMs: number): DecimatedSeries {
  const row = new BucketRow(bucketMs);
  const endMs = (Math.floor(toMs / bucketMs) + 1) * bucketMs;
  for (const face of faces) {
    if (face.timestampMs >= endMs) break;
    row.add(face.timestampMs, face.untilMs, asItStands(face).probabilities);
  }
  return row.read(fromMs, toMs);
}
