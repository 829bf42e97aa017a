import { EXPRESSIONS } from '../engine/labels';
import type { StoredFace } from './observation-store';

const KINDS = EXPRESSIONS.length;

/** Seven curves, thinned to one point per bucket of time. */
export interface DecimatedSeries {
  /** Start of the first bucket, a multiple of `bucketMs`. */
  readonly startMs: number;
  readonly bucketMs: number;
  readonly length: number;
  /** `[length × 7]`, the bucket's mean (0–1) of each expression; NaN where nothing was observed. */
  readonly means: Float32Array;
  /** `[length × 7]`, the bucket's largest (0–1) of each, so that what lasts shorter than a bucket still shows; NaN as above. */
  readonly peaks: Float32Array;
}

/** Buckets of one length, as many as it takes, each with sums that become means when they are read. */
export class BucketRow {
  readonly bucketMs: number;
  #first: number | null = null;
  #length = 0;
  #counts = new Uint32Array(16);
  #sums = new Float32Array(16 * KINDS);
  #peaks = new Float32Array(16 * KINDS);

  constructor(bucketMs: number) {
    this.bucketMs = bucketMs;
  }

  /** @param timestampMs not before the bucket of the first one that was added. */
  add(timestampMs: number, values: Float32Array): void {
    const bucket = Math.floor(timestampMs / this.bucketMs);
    this.#first ??= bucket;
    const at = bucket - this.#first;
    this.#reserve(at + 1);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    for (let i = 0; i < KINDS; i++) {
      const value = values[i] ?? 0;
      const cell = at * KINDS + i;
      this.#sums[cell] = (this.#sums[cell] ?? 0) + value;
      if (value > (this.#peaks[cell] ?? 0)) this.#peaks[cell] = value;
    }
  }

  /** The buckets that cover `fromMs` to `toMs`. */
  read(fromMs: number, toMs: number): DecimatedSeries {
    const start = Math.floor(fromMs / this.bucketMs);
    const length = Math.max(1, Math.floor(toMs / this.bucketMs) - start + 1);
    const means = new Float32Array(length * KINDS).fill(NaN);
    const peaks = new Float32Array(length * KINDS).fill(NaN);
    const first = this.#first ?? 0;
    const last = Math.min(start + length, first + this.#length);
    for (let bucket = Math.max(start, first); bucket < last; bucket++) {
      const from = bucket - first;
      const count = this.#counts[from] ?? 0;
      if (count === 0) continue;
      for (let i = 0; i < KINDS; i++) {
        const to = (bucket - start) * KINDS + i;
        means[to] = (this.#sums[from * KINDS + i] ?? 0) / count;
        peaks[to] = this.#peaks[from * KINDS + i] ?? 0;
      }
    }
    return { startMs: start * this.bucketMs, bucketMs: this.bucketMs, length, means, peaks };
  }

  #reserve(length: number): void {
    if (length <= this.#length) return;
    this.#length = length;
    if (length <= this.#counts.length) return;
    const capacity = Math.max(length, this.#counts.length * 2);
    this.#counts = grown(this.#counts, new Uint32Array(capacity));
    this.#sums = grown(this.#sums, new Float32Array(capacity * KINDS));
    this.#peaks = grown(this.#peaks, new Float32Array(capacity * KINDS));
  }
}

function grown<T extends Uint32Array | Float32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

/**
 * Thins observations to the buckets that cover `fromMs` to `toMs`. Bucket borders are fixed in time,
 * not to the window, so a curve keeps its shape while the window moves over it.
 */
export function decimate(faces: Iterable<StoredFace>, fromMs: number, toMs: number, bucketMs: number): DecimatedSeries {
  const row = new BucketRow(bucketMs);
  const endMs = (Math.floor(toMs / bucketMs) + 1) * bucketMs;
  for (const { timestampMs, smoothed } of faces) {
    if (timestampMs >= endMs) break;
    row.add(timestampMs, smoothed);
  }
  return row.read(fromMs, toMs);
}
