import { LUMINANCE_BYTES } from '../faces';

/** What speaks for one class in some faces, on average, over what these faces look like on average. */
export interface MeanEvidence {
  readonly faces: number;
  /** Fields on a side. */
  readonly side: number;
  /** [side, side]; above 0 speaks for the class. */
  readonly evidence: Float32Array;
  /** The mean face, [48, 48], 0–255. */
  readonly face: Uint8Array;
}

/** One face's share in a mean. */
export interface FaceEvidence {
  /** [48, 48], 0–255. */
  readonly luminance: Uint8Array;
  /** [side, side], of the class in question. */
  readonly evidence: ArrayLike<number>;
}

/** Null of no faces. */
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
 * Evidence for some of a model's classes alone, each less the mean of these: what all of them gain decides nothing among them.
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
 * Of all that speaks for the class, the shares that lie in the upper, middle and lower third of the crop: about brows and
 * eyes, nose and cheeks, mouth and chin. They sum to 1; null where nothing speaks for it.
 */
export function thirdsOf({ evidence, side }: Pick<MeanEvidence, 'evidence' | 'side'>): readonly [number, number, number] | null {
  const thirds: [number, number, number] = [0, 0, 0];
  for (let row = 0; row < side; row++) {
    const own = evidence.subarray(row * side, (row + 1) * side).reduce((sum, value) => sum + Math.max(0, value), 0);
    // A field on the border of two thirds counts for each by the part of it that lies there.
    for (const third of [0, 1, 2] as const) {
      const overlap = Math.min((row + 1) / side, (third + 1) / 3) - Math.max(row / side, third / 3);
      thirds[third] += own * Math.max(0, overlap) * side;
    }
  }
  const sum = thirds[0] + thirds[1] + thirds[2];
  return sum > 0 ? [thirds[0] / sum, thirds[1] / sum, thirds[2] / sum] : null;
}
