import { FACE_SIDE, LUMINANCE_BYTES } from '../faces';

/** Ranges of random augmentation. */
export interface Augmentation {
  readonly flip: boolean;
  /** Largest rotation in either direction, degrees. */
  readonly rotationDeg: number;
  /** Largest change of scale: 0.2 means 0.8 to 1.2. */
  readonly zoom: number;
  /** Largest shift, share of the side. */
  readonly shift: number;
  /** Largest shear, as a tangent. */
  readonly shear: number;
  /** Largest change of the median luminance, 0–1, so that dark and bright pictures both occur. */
  readonly brightness: number;
  /** Share (0–1) of copies that are closed morphologically: thin dark lines vanish, as in a low-resolution picture. */
  readonly closing: number;
}

export const NO_AUGMENTATION: Augmentation = { flip: false, rotationDeg: 0, zoom: 0, shift: 0, shear: 0, brightness: 0, closing: 0 };

/** Common training settings of the systems that Mien replaces. */
export const USUAL_AUGMENTATION: Augmentation = { flip: true, rotationDeg: 15, zoom: 0.15, shift: 0.1, shear: 0.1, brightness: 0.15, closing: 0.1 };

/**
 * Returns an augmented copy of a face.
 *
 * @param face [48, 48], 0–255.
 * @param random returns numbers in 0–1.
 */
export function augmented(face: Uint8Array, how: Augmentation, random: () => number): Uint8Array {
  const either = (most: number) => (2 * random() - 1) * most;
  const flip = how.flip && random() < 0.5 ? -1 : 1;
  const angle = (either(how.rotationDeg) * Math.PI) / 180;
  const scale = 1 + either(how.zoom);
  const shear = either(how.shear);
  const [dx, dy] = [either(how.shift) * FACE_SIDE, either(how.shift) * FACE_SIDE];
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  // Maps a place in the copy to its source in the face.
  const moved = warped(face, { xx: flip * (cos + shear * sin), xy: flip * (sin - shear * cos), yx: -sin, yy: cos, dx, dy });
  const closed = random() < how.closing ? closedBy3(moved) : moved;
  return how.brightness > 0 ? withMedian(closed, medianOf(closed) + either(how.brightness) * 255) : closed;
}

interface Affine {
  readonly xx: number;
  readonly xy: number;
  readonly yx: number;
  readonly yy: number;
  readonly dx: number;
  readonly dy: number;
}

/** Bilinear; clamps at the edges. */
function warped(face: Uint8Array, { xx, xy, yx, yy, dx, dy }: Affine): Uint8Array {
  const copy = new Uint8Array(LUMINANCE_BYTES);
  const middle = (FACE_SIDE - 1) / 2;
  const last = FACE_SIDE - 1;
  for (let y = 0; y < FACE_SIDE; y++) {
    for (let x = 0; x < FACE_SIDE; x++) {
      const [u, v] = [x - middle - dx, y - middle - dy];
      const fromX = Math.min(last, Math.max(0, xx * u + xy * v + middle));
      const fromY = Math.min(last, Math.max(0, yx * u + yy * v + middle));
      const [left, top] = [Math.floor(fromX), Math.floor(fromY)];
      const [right, bottom] = [Math.min(last, left + 1), Math.min(last, top + 1)];
      const [a, b] = [fromX - left, fromY - top];
      const above = (face[top * FACE_SIDE + left] ?? 0) * (1 - a) + (face[top * FACE_SIDE + right] ?? 0) * a;
      const below = (face[bottom * FACE_SIDE + left] ?? 0) * (1 - a) + (face[bottom * FACE_SIDE + right] ?? 0) * a;
      copy[y * FACE_SIDE + x] = Math.round(above * (1 - b) + below * b);
    }
  }
  return copy;
}

/** Median luminance, 0–255. */
export function medianOf(face: Uint8Array): number {
  return face.toSorted()[Math.floor(face.length / 2)] ?? 0;
}

/** Applies the gamma that moves the median to `wanted`, both clamped to 10–245. */
export function withMedian(face: Uint8Array, wanted: number): Uint8Array {
  const median = Math.min(245, Math.max(10, medianOf(face)));
  const target = Math.min(245, Math.max(10, wanted));
  const gamma = Math.log(target / 255) / Math.log(median / 255);
  const curve = Uint8Array.from({ length: 256 }, (_, value) => Math.round(255 * (value / 255) ** gamma));
  return face.map((value) => curve[value] ?? 0);
}

/** Morphological closing with a 3×3 square: dilation, then erosion. */
export function closedBy3(face: Uint8Array): Uint8Array {
  return ofNeighbours(ofNeighbours(face, Math.max), Math.min);
}

function ofNeighbours(face: Uint8Array, choose: (...values: number[]) => number): Uint8Array {
  const at = (x: number, y: number) => face[Math.min(FACE_SIDE - 1, Math.max(0, y)) * FACE_SIDE + Math.min(FACE_SIDE - 1, Math.max(0, x))] ?? 0;
  return face.map((_, i) => {
    const [x, y] = [i % FACE_SIDE, Math.floor(i / FACE_SIDE)];
    const row = (dy: number) => choose(at(x - 1, y + dy), at(x, y + dy), at(x + 1, y + dy));
    return choose(row(-1), row(0), row(1));
  });
}
