import { DisjointSets } from './groups';

/** Bits of a hash in 8 bands of 8: two that differ in fewer than 8 bits share a band whole. */
const BANDS = 8;
const HASH_BYTES = BANDS;
/** Columns and rows of the small picture by which faces with like hashes are compared. */
const THUMBNAIL_SIDE = 12;
/** A hash, then a small picture. */
export const SIGNATURE_BYTES = HASH_BYTES + THUMBNAIL_SIDE ** 2;
/**
 * Small pictures of one picture correlate at least so far. Hashes alone joined 208 of 6,000 faces of FER2013's training part by others between;
 * with this, no more than 4.
 */
const LEAST_CORRELATION = 0.97;
/** Faces of one person in the same light differ in more bits than this; one picture saved or cropped twice in fewer. */
export const MOST_DIFFERING_BITS = 6;
/** Columns and rows of the averages that are compared. */
const COLUMNS = 9;
const ROWS = 8;

/**
 * A hash of 64 bits, one byte a band, that stays nearly the same when a picture is saved again, brightened or moved by a
 * pixel: whether each of 8 × 8 areas is darker than its right neighbour.
 *
 * @param luminance [side, side], any scale.
 */
export function differenceHash(luminance: ArrayLike<number>, side: number): Uint8Array {
  const averages = areaAverages(luminance, side, COLUMNS, ROWS);
  const hash = new Uint8Array(BANDS);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column + 1 < COLUMNS; column++) {
      const at = row * COLUMNS + column;
      if ((averages[at] ?? 0) < (averages[at + 1] ?? 0)) hash[row] = (hash[row] ?? 0) | (1 << column);
    }
  }
  return hash;
}

/** What near-duplicates are known by, `SIGNATURE_BYTES`. */
export function signatureOf(luminance: Uint8Array, side: number): Uint8Array {
  const signature = new Uint8Array(SIGNATURE_BYTES);
  signature.set(differenceHash(luminance, side));
  signature.set(areaAverages(luminance, side, THUMBNAIL_SIDE, THUMBNAIL_SIDE).map(Math.round), HASH_BYTES);
  return signature;
}

function areaAverages(luminance: ArrayLike<number>, side: number, columns: number, rows: number): Float64Array {
  const sums = new Float64Array(columns * rows);
  const counts = new Float64Array(columns * rows);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = Math.floor((y * rows) / side) * columns + Math.floor((x * columns) / side);
      sums[at] = (sums[at] ?? 0) + (luminance[y * side + x] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return sums.map((sum, i) => sum / Math.max(1, counts[i] ?? 1));
}

/** Pearson's, of the small pictures of two signatures; 1 where one is flat. */
function correlation(a: Uint8Array, b: Uint8Array): number {
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  const count = THUMBNAIL_SIDE ** 2;
  for (let i = HASH_BYTES; i < SIGNATURE_BYTES; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
    sumAB += x * y;
  }
  const spread = Math.sqrt((sumAA - sumA ** 2 / count) * (sumBB - sumB ** 2 / count));
  return spread > 0 ? (sumAB - (sumA * sumB) / count) / spread : 1;
}

/** Bits in which two hashes differ, 0–64. */
export function differingBits(a: Uint8Array, b: Uint8Array): number {
  let bits = 0;
  for (let i = 0; i < BANDS; i++) {
    for (let rest = (a[i] ?? 0) ^ (b[i] ?? 0); rest !== 0; rest &= rest - 1) bits++;
  }
  return bits;
}

/**
 * Of each picture the number of the first one that it is a near-duplicate of, directly or by others between; its own if of none.
 *
 * @param signatures of `signatureOf`.
 */
export function nearDuplicates(signatures: readonly Uint8Array[]): number[] {
  const sets = new DisjointSets(signatures.length);
  for (let band = 0; band < BANDS; band++) {
    const alike = new Map<number, number[]>();
    signatures.forEach((signature, i) => {
      const key = signature[band] ?? 0;
      const bucket = alike.get(key);
      if (bucket) bucket.push(i);
      else alike.set(key, [i]);
    });
    for (const bucket of alike.values()) joinAlike(bucket, signatures, sets);
  }
  return signatures.map((_, i) => sets.find(i));
}

function joinAlike(bucket: readonly number[], signatures: readonly Uint8Array[], sets: DisjointSets): void {
  for (const [n, i] of bucket.entries()) {
    for (const j of bucket.slice(n + 1)) {
      const [a, b] = [signatures[i], signatures[j]];
      if (a && b && differingBits(a, b) <= MOST_DIFFERING_BITS && correlation(a, b) >= LEAST_CORRELATION) sets.join(i, j);
    }
  }
}
