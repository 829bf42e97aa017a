import type { PixelPoint, Size } from './geometry';
import type { CropRegion, FaceDetection, FaceKeypoints } from './types';

/** Width and height of the classifier's input, pixels. */
export const CROP_SIZE = 48;

/** How to derive a crop from a detector's box. */
export interface CropRule {
  /** Side of the crop, as a factor of the box's larger side. */
  readonly sideFactor: number;
  /** How far the crop's centre lies above the box's, as a share of the box's height, along the face's own upright. */
  readonly upwardShare: number;
}

/** The app's rule, chosen by `npm run crops`; see the table in bench/README.md. */
export const CROP_RULE: CropRule = { sideFactor: 1.1, upwardShare: 0.1 };

/** Eye distances as shares of the crop's side: nearer than the first (a profile) eyes give no roll, from the second on a full one. */
const EYES_TOO_NEAR = 0.1;
const EYES_APART = 0.2;
/** Largest tile, pixels on each axis … */
const MAX_TILE = 16 * CROP_SIZE;
/** … and frame pixels per tile pixel at most: bilinear drawing then still touches every frame pixel. */
const FRAME_PIXELS_PER_TILE_PIXEL = 1.5;
/** As in training/preprocess.py: a blank crop has no contrast to scale up. */
const MIN_DEVIATION = 0.02;

/** Rec. 601 weights as 16-bit fixed point, bit-identical to Pillow's `convert('L')`; white sums to 65536 × 255. */
const RED = 19595;
const GREEN = 38470;
const BLUE = 7471;

/** Canvas matrix: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/**
 * Square of the frame to classify: upright along the eye line, as in training.
 *
 * Roll comes from the eyes; where they nearly coincide, as in a profile, it fades to the nearest quarter turn.
 */
export function cropRegion(detection: FaceDetection, rule = CROP_RULE): CropRegion {
  const { box, keypoints } = detection;
  const side = rule.sideFactor * Math.max(box.width, box.height);
  const dx = keypoints.leftEye.x - keypoints.rightEye.x;
  const dy = keypoints.leftEye.y - keypoints.rightEye.y;
  const apart = (Math.hypot(dx, dy) / side - EYES_TOO_NEAR) / (EYES_APART - EYES_TOO_NEAR);
  const quarter = uprightQuarter(keypoints);
  // Between −π and π relative to the quarter.
  const beyond = Math.atan2(Math.sin(Math.atan2(dy, dx) - quarter), Math.cos(Math.atan2(dy, dx) - quarter));
  const roll = quarter + (apart > 0 ? Math.min(1, apart) * beyond : 0);
  const up = rule.upwardShare * box.height;
  return {
    center: {
      x: box.x + box.width / 2 + up * Math.sin(roll),
      y: box.y + box.height / 2 - up * Math.cos(roll),
    },
    side,
    rollDeg: (roll * 180) / Math.PI,
  };
}

/** Quarter turn (radians) nearest to the head's roll, from the direction of the mouth, which works in profile too. */
function uprightQuarter({ rightEye, leftEye, mouthCenter }: FaceKeypoints): number {
  const down = mouthCenter.y - (rightEye.y + leftEye.y) / 2;
  const right = mouthCenter.x - (rightEye.x + leftEye.x) / 2;
  const turns = Math.round(Math.atan2(-right, down) / (Math.PI / 2));
  return Number.isFinite(turns) ? (turns * Math.PI) / 2 : 0;
}

/** For a picture that is already a crop: the square on its centre with its longer side. */
export function wholeRegion({ width, height }: Size): CropRegion {
  return { center: { x: width / 2, y: height / 2 }, side: Math.max(width, height), rollDeg: 0 };
}

/** Whether the region is a square of finite position and positive size. */
export function isDrawable({ center, side, rollDeg }: CropRegion): boolean {
  return Number.isFinite(center.x + center.y + side + rollDeg) && side > 0;
}

/**
 * Tile pixels per crop pixel and axis for a region of this side in frame pixels: 1 to 16, or fewer for a larger crop.
 *
 * @param size width and height of the crop, pixels.
 */
export function tileScale(side: number, size = CROP_SIZE): number {
  const largest = Math.max(1, Math.floor(MAX_TILE / size));
  return Math.min(largest, Math.max(1, Math.ceil(side / size / FRAME_PIXELS_PER_TILE_PIXEL)));
}

/** Maps frame pixels to pixels of the upright tile of width `tileSide` at `origin` (top left). */
export function regionToTile({ center, side, rollDeg }: CropRegion, tileSide: number, origin: PixelPoint): Affine {
  const zoom = tileSide / side;
  const cos = Math.cos((rollDeg * Math.PI) / 180) * zoom;
  const sin = Math.sin((rollDeg * Math.PI) / 180) * zoom;
  return {
    a: cos,
    b: -sin,
    c: sin,
    d: cos,
    e: origin.x + tileSide / 2 - cos * center.x - sin * center.y,
    f: origin.y + tileSide / 2 + sin * center.x - cos * center.y,
  };
}

/** Square part of an RGBA image: `side` pixels from row `top` and column 0, in rows of `stride` pixels. */
export interface Tile {
  readonly rgba: Uint8ClampedArray;
  readonly stride: number;
  readonly top: number;
  readonly side: number;
}

/**
 * Fills the part of a tile outside the frame with the nearest pixel inside, in place.
 *
 * Training's augmentation replicates the border too (`training/data/augment.py`), so the network has seen such crops; a flat gray
 * or black would also shift the mean and deviation that the crop is standardised by.
 *
 * @param matrix from frame pixels to pixels of `rgba`, from `regionToTile`.
 */
export function replicateBorder(tile: Tile, matrix: Affine, frame: Size): void {
  const { rgba, stride, top, side } = tile;
  const { a, b, c, d, e, f } = matrix;
  const determinant = a * d - b * c;
  // The outermost half pixel of the frame blends with the border, in tile or frame pixels.
  const margin = Math.max(0.5, 1 / Math.sqrt(determinant));
  const right = Math.max(margin, frame.width - margin);
  const bottom = Math.max(margin, frame.height - margin);
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const u = column + 0.5 - e;
      const v = row + top + 0.5 - f;
      const x = (d * u - c * v) / determinant;
      const y = (a * v - b * u) / determinant;
      if (x >= margin && x <= right && y >= margin && y <= bottom) continue;
      const nearX = Math.min(Math.max(x, margin), right);
      const nearY = Math.min(Math.max(y, margin), bottom);
      const fromColumn = clampIndex(a * nearX + c * nearY + e, side);
      const fromRow = clampIndex(b * nearX + d * nearY + f - top, side);
      pixels[(row + top) * stride + column] = pixels[(fromRow + top) * stride + fromColumn] ?? 0;
    }
  }
}

function clampIndex(position: number, side: number): number {
  return Math.min(side - 1, Math.max(0, Math.floor(position)));
}

/** Whether a corner of the region lies outside the frame or within a pixel of its edge; false for a region that is the frame itself. */
export function reachesOutside({ center, side, rollDeg }: CropRegion, frame: Size): boolean {
  const isFrame = side === frame.width && side === frame.height && center.x === side / 2 && center.y === side / 2 && rollDeg === 0;
  if (isFrame) return false;
  const turn = (rollDeg * Math.PI) / 180;
  const half = (side / 2) * (Math.abs(Math.cos(turn)) + Math.abs(Math.sin(turn))) + 1;
  return center.x < half || center.y < half || center.x > frame.width - half || center.y > frame.height - half;
}

/**
 * Averages the luminance (0–1) of a tile over blocks to size×size, written to `out` from `offset` on.
 *
 * @param tile side: a multiple of `size`.
 */
export function averageLuminance(tile: Tile, out: Float32Array, offset: number, size = CROP_SIZE): void {
  const norm = 1 / (65536 * 255 * (tile.side / size) ** 2);
  sumBlocks(tile, size, (block, red, green, blue) => {
    out[offset + block] = (RED * red + GREEN * green + BLUE * blue) * norm;
  });
}

/** As `averageLuminance`, but red, green and blue (0–1) of each block, three numbers per pixel. */
export function averageColors(tile: Tile, out: Float32Array, offset: number, size = CROP_SIZE): void {
  const norm = 1 / (255 * (tile.side / size) ** 2);
  sumBlocks(tile, size, (block, red, green, blue) => {
    const at = offset + 3 * block;
    out[at] = red * norm;
    out[at + 1] = green * norm;
    out[at + 2] = blue * norm;
  });
}

/** Sums the bytes of each block of a tile, row by row. */
function sumBlocks({ rgba, stride, top, side }: Tile, size: number, tell: (block: number, red: number, green: number, blue: number) => void): void {
  const scale = side / size;
  for (let cropRow = 0; cropRow < size; cropRow++) {
    for (let cropColumn = 0; cropColumn < size; cropColumn++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let row = 0; row < scale; row++) {
        let i = 4 * ((top + cropRow * scale + row) * stride + cropColumn * scale);
        for (const end = i + 4 * scale; i < end; i += 4) {
          red += rgba[i] ?? 0;
          green += rgba[i + 1] ?? 0;
          blue += rgba[i + 2] ?? 0;
        }
      }
      tell(cropRow * size + cropColumn, red, green, blue);
    }
  }
}

/**
 * Scales each face to zero mean and unit deviation, in place: identical to `standardise` in training/preprocess.py.
 *
 * @param crops [n, 48, 48] luminance, 0–1.
 */
export function standardise(crops: Float32Array): void {
  const pixels = CROP_SIZE * CROP_SIZE;
  for (let start = 0; start + pixels <= crops.length; start += pixels) {
    const face = crops.subarray(start, start + pixels);
    let sum = 0;
    for (const value of face) sum += value;
    const mean = sum / pixels;
    let squares = 0;
    for (const value of face) squares += (value - mean) ** 2;
    const deviation = Math.max(MIN_DEVIATION, Math.sqrt(squares / pixels));
    for (let i = 0; i < pixels; i++) face[i] = ((face[i] ?? mean) - mean) / deviation;
  }
}
