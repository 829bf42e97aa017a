import { visitYielding } from '../../engine/yield-to-event-loop';
import { DisjointSets } from './groups';

/** A hash has 8 bands of 8 bits: two hashes that differ in fewer than 8 bits share a whole band. */
const BANDS = 8;
const HASH_BYTES = BANDS;
/** Side of the thumbnail that confirms similar hashes. */
const THUMBNAIL_SIDE = 12;
/** A hash, followed by a thumbnail. */
export const SIGNATURE_BYTES = HASH_BYTES + THUMBNAIL_SIDE ** 2;
/**
 * Least correlation between thumbnails of the same picture. Hashes alone joined 208 of 6,000 faces of FER2013's training part transitively; with this
 * check, at most 4.
 */
const LEAST_CORRELATION = 0.97;
/** Faces of one person in the same light differ in more bits than this; a picture saved or cropped twice differs in fewer. */
export const MOST_DIFFERING_BITS = 6;
/** Grid of the averages that the hash compares. */
const COLUMNS = 9;
const ROWS = 8;

/**
 * 64-bit hash, one byte per band, that barely changes when a picture is re-encoded, brightened or shifted by a pixel: each bit tells whether one of 8
 * × 8 areas is darker than its right neighbour.
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

/** Signature that identifies near-duplicates, `SIGNATURE_BYTES` long. */
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

/** Pearson correlation of two signatures' thumbnails; 1 if one of them is flat. */
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

/** Number of differing bits of two hashes, 0–64. */
export function differingBits(a: Uint8Array, b: Uint8Array): number {
  let bits = 0;
  for (let i = 0; i < BANDS; i++) {
    for (let rest = (a[i] ?? 0) ^ (b[i] ?? 0); rest !== 0; rest &= rest - 1) bits++;
  }
  return bits;
}

/**
 * For each picture, the index of the first picture it nearly duplicates, directly or transitively, or its own index. Yields often so that
 * its worker can answer pings: the time grows with the square of the number of similar pictures.
 *
 * @param signatures from `signatureOf`.
 */
export async function nearDuplicates(signatures: readonly Uint8Array[]): Promise<number[]> {
  const sets = new DisjointSets(signatures.length);
  for (let band = 0; band < BANDS; band++) {
    const alike = new Map<number, number[]>();
    signatures.forEach((signature, i) => {
      const key = signature[band] ?? 0;
      const bucket = alike.get(key);
      if (bucket) bucket.push(i);
      else alike.set(key, [i]);
    });
    for (const bucket of alike.values()) await visitYielding(bucket.entries(), ([n, i]) => joinAlike(i, bucket.slice(n + 1), signatures, sets));
  }
  return signatures.map((_, i) => sets.find(i));
}

function joinAlike(i: number, others: readonly number[], signatures: readonly Uint8Array[], sets: DisjointSets): void {
  for (const j of others) {
    const [a, b] = [signatures[i], signatures[j]];
    if (a && b && differingBits(a, b) <= MOST_DIFFERING_BITS && correlation(a, b) >= LEAST_CORRELATION) sets.join(i, j);
  }
}
