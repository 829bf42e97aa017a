import { DisjointSets } from './groups';

/** Bits of a hash in 8 bands of 8: two that differ in fewer than 8 bits share a band whole. */
const BANDS = 8;
export const HASH_BYTES = BANDS;
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
  const averages = areaAverages(luminance, side);
  const hash = new Uint8Array(BANDS);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column + 1 < COLUMNS; column++) {
      const at = row * COLUMNS + column;
      if ((averages[at] ?? 0) < (averages[at + 1] ?? 0)) hash[row] = (hash[row] ?? 0) | (1 << column);
    }
  }
  return hash;
}

function areaAverages(luminance: ArrayLike<number>, side: number): Float64Array {
  const sums = new Float64Array(COLUMNS * ROWS);
  const counts = new Float64Array(COLUMNS * ROWS);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = Math.floor((y * ROWS) / side) * COLUMNS + Math.floor((x * COLUMNS) / side);
      sums[at] = (sums[at] ?? 0) + (luminance[y * side + x] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return sums.map((sum, i) => sum / Math.max(1, counts[i] ?? 1));
}

/** Bits in which two hashes differ, 0–64. */
export function differingBits(a: Uint8Array, b: Uint8Array): number {
  let bits = 0;
  for (let i = 0; i < BANDS; i++) {
    for (let rest = (a[i] ?? 0) ^ (b[i] ?? 0); rest !== 0; rest &= rest - 1) bits++;
  }
  return bits;
}

/** Of each picture the number of the first one that it is a near-duplicate of, directly or by others between; its own if of none. */
export function nearDuplicates(hashes: readonly Uint8Array[]): number[] {
  const sets = new DisjointSets(hashes.length);
  for (let band = 0; band < BANDS; band++) {
    const alike = new Map<number, number[]>();
    hashes.forEach((hash, i) => {
      const key = hash[band] ?? 0;
      const bucket = alike.get(key);
      if (bucket) bucket.push(i);
      else alike.set(key, [i]);
    });
    for (const bucket of alike.values()) joinAlike(bucket, hashes, sets);
  }
  return hashes.map((_, i) => sets.find(i));
}

function joinAlike(bucket: readonly number[], hashes: readonly Uint8Array[], sets: DisjointSets): void {
  for (const [n, i] of bucket.entries()) {
    for (const j of bucket.slice(n + 1)) {
      const [a, b] = [hashes[i], hashes[j]];
      if (a && b && differingBits(a, b) <= MOST_DIFFERING_BITS) sets.join(i, j);
    }
  }
}
