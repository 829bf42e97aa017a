import { COLOR_BYTES, COLOR_SIDE, FACE_SIDE, LUMINANCE_BYTES, type FaceBatch } from '../faces';

/** Occluded places per side. */
export const COVERED_PLACES = 7;
/** Side of the occluding square, as a share of the face's side: a mouth or an eye. */
export const COVER_SHARE = 1 / 3;
/** Occluded faces per request: a large model takes a second for them. */
const AT_A_TIME = 10;

/**
 * The original face, followed by copies with one part covered by the mean grey, place by place, row by row (Zeiler and Fergus, ECCV 2014).
 *
 * @param face one face.
 */
export function coveredFaces({ luminance, colors }: FaceBatch): FaceBatch {
  return { luminance: coverAll(luminance, FACE_SIDE, 1), colors: colors && coverAll(colors, COLOR_SIDE, 3) };
}

function coverAll(face: Uint8Array, side: number, channels: number): Uint8Array {
  const grey = Math.round(face.reduce((sum, value) => sum + value, 0) / face.length);
  const faces = new Uint8Array(face.length * (COVERED_PLACES ** 2 + 1));
  faces.set(face);
  const cover = Math.round(side * COVER_SHARE);
  for (let place = 0; place < COVERED_PLACES ** 2; place++) {
    const [row, column] = [Math.floor(place / COVERED_PLACES), place % COVERED_PLACES];
    const start = (place + 1) * face.length;
    faces.set(face, start);
    const startOf = (index: number) => Math.round(((index + 0.5) / COVERED_PLACES) * side - cover / 2);
    const [top, left] = [startOf(row), startOf(column)];
    for (let y = Math.max(0, top); y < Math.min(side, top + cover); y++) {
      const [from, to] = [Math.max(0, left), Math.min(side, left + cover)];
      faces.fill(grey, start + (y * side + from) * channels, start + (y * side + to) * channels);
    }
  }
  return faces;
}

/**
 * Contribution of each place to each class: how much the class's probability falls when the place is covered.
 *
 * @param shares for `coveredFaces`, [1 + places × classes].
 * @returns [classes × places]; positive values support the class.
 */
export function evidenceOfCovering(shares: ArrayLike<number>, classes: number): Float32Array {
  const places = COVERED_PLACES ** 2;
  return Float32Array.from({ length: classes * places }, (_, i) => {
    const [k, place] = [Math.floor(i / places), i % places];
    return (shares[k] ?? 0) - (shares[(place + 1) * classes + k] ?? 0);
  });
}

/**
 * Queries a model for a face covered at each place, a few places at a time.
 *
 * @param answer returns probabilities for some faces, [n × classes].
 * @param onProgress receives the completed share, 0–1.
 * @returns [1 + places × classes]: for the original face, then for each place.
 */
export async function coveringShares(face: FaceBatch, answer: (faces: FaceBatch) => Promise<Float32Array>, onProgress: (share: number) => void): Promise<Float32Array> {
  const { luminance, colors } = coveredFaces(face);
  const count = COVERED_PLACES ** 2 + 1;
  const shares: number[] = [];
  for (let from = 0; from < count; from += AT_A_TIME) {
    const part = {
      luminance: luminance.subarray(from * LUMINANCE_BYTES, (from + AT_A_TIME) * LUMINANCE_BYTES),
      colors: colors && colors.subarray(from * COLOR_BYTES, (from + AT_A_TIME) * COLOR_BYTES),
    };
    shares.push(...(await answer(part)));
    onProgress(Math.min(1, (from + AT_A_TIME) / count));
  }
  return Float32Array.from(shares);
}
