import { LUMINANCE_BYTES } from '../faces';

/** Mean evidence for one class over some faces, with their mean face. */
export interface MeanEvidence {
  readonly faces: number;
  /** Cells per side. */
  readonly side: number;
  /** [side, side]; positive values support the class. */
  readonly evidence: Float32Array;
  /** Mean face, [48, 48], 0–255. */
  readonly face: Uint8Array;
}

/** Contribution of one face to a mean. */
export interface FaceEvidence {
  /** [48, 48], 0–255. */
  readonly luminance: Uint8Array;
  /** [side, side], for the class in question. */
  readonly evidence: ArrayLike<number>;
}

/** Null without faces. */
export function meanEvidence(faces: readonly FaceEvidence[], side: number): MeanEvidence | null {
  if (faces.length === 0) return null;
  const evidence = new Float32Array(side ** 2);
  const sum = new Float32Array(LUMINANCE_BYTES);
  for (const face of faces) {
    for (let i = 0; i < evidence.length; i++) evidence[i] = (evidence[i] ?? 0) + (face.evidence[i] ?? 0) / faces.length;
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (face.luminance[i] ?? 0) / faces.length;
  }
  return { faces: faces.length, side, evidence, face: Uint8Array.from(sum, Math.round) };
}

/**
 * Evidence for a subset of a model's classes, minus the mean of the subset: what all of them gain does not distinguish them.
 *
 * @param evidence [own classes × places].
 * @param columns of the classes among the model's own.
 * @returns [classes × places].
 */
export function evidenceAmong(evidence: ArrayLike<number>, places: number, columns: readonly number[]): Float32Array {
  const among = new Float32Array(columns.length * places);
  for (let place = 0; place < places; place++) {
    const values = columns.map((column) => evidence[column * places + place] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    values.forEach((value, k) => (among[k * places + place] = value - mean));
  }
  return among;
}

/**
 * Shares of the positive evidence in the upper, middle and lower third of the crop, roughly brows and eyes, nose and cheeks, mouth and chin. They sum
 * to 1; null if there is no positive evidence.
 */
export function thirdsOf({ evidence, side }: Pick<MeanEvidence, 'evidence' | 'side'>): readonly [number, number, number] | null {
  const thirds: [number, number, number] = [0, 0, 0];
  for (let row = 0; row < side; row++) {
    const own = evidence.subarray(row * side, (row + 1) * side).reduce((sum, value) => sum + Math.max(0, value), 0);
    // A cell on the border of two thirds is divided by overlap.
    for (const third of [0, 1, 2] as const) {
      const overlap = Math.min((row + 1) / side, (third + 1) / 3) - Math.max(row / side, third / 3);
      thirds[third] += own * Math.max(0, overlap) * side;
    }
  }
  const sum = thirds[0] + thirds[1] + thirds[2];
  return sum > 0 ? [thirds[0] / sum, thirds[1] / sum, thirds[2] / sum] : null;
}
