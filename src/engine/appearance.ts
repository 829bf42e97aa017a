import type { PixelRect, Size } from './geometry';
import type { Appearance, FaceDetection } from './types';

export type { Appearance } from './types';

/** Size in pixels of the tile that a face and its surroundings are drawn to. */
export const TILE: Size = { width: 40, height: 56 };

/** Width and height of the tile, and the distance of its top edge above the face's centre, in face sides. */
const TILE_WIDTH = 2;
const TILE_HEIGHT = 2.8;
const TILE_ABOVE = 1.2;

/** Part of the tile, in face sides from the face's centre. `mirrored`: averaged with its mirror image. */
interface Cell {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly mirrored: boolean;
}

const mirrored = (left: number, right: number, top: number, bottom: number): Cell => ({ left, right, top, bottom, mirrored: true });

/** Crown, hairline, temples, beside the jaw (long hair), neck, shoulders, chest. */
const OUTER: readonly Cell[] = [
  mirrored(0, 0.3, -1.05, -0.8),
  mirrored(0, 0.3, -0.8, -0.55),
  mirrored(0.45, 0.7, -0.7, -0.3),
  mirrored(0.5, 0.75, -0.2, 0.3),
  mirrored(0, 0.2, 0.65, 0.85),
  mirrored(0.3, 0.9, 1.1, 1.5),
  mirrored(0, 0.3, 1.1, 1.5),
];

const FACE_ROWS = [-0.45, -0.18, 0.12, 0.42];
const FACE_COLUMNS = [-0.36, -0.12, 0.12, 0.36];

/** 3×3 grid on the face itself. */
const INNER: readonly Cell[] = [0, 1, 2].flatMap((row) =>
  [0, 1, 2].map((column) => ({
    left: FACE_COLUMNS[column] ?? 0,
    right: FACE_COLUMNS[column + 1] ?? 0,
    top: FACE_ROWS[row] ?? 0,
    bottom: FACE_ROWS[row + 1] ?? 0,
    mirrored: false,
  })),
);

/** Layout in bytes: luminance and two chroma values of each outer cell, luminance of each inner one, chroma of the face. */
const CHANNELS = 3;
/** Offsets of shoulders and chest, the last two outer cells. */
const CLOTHES = [OUTER.length - 2, OUTER.length - 1].map((cell) => cell * CHANNELS);
const INNER_AT = OUTER.length * CHANNELS;
const SKIN_AT = INNER_AT + INNER.length;
export const APPEARANCE_BYTES = SKIN_AT + 2;

/** A cell with a smaller visible share counts as unknown. */
const LEAST_VISIBLE = 0.5;
/** Ranges that a byte covers: luminance in doublings, and chroma. */
const LUMINANCE_RANGE = 3;
const CHROMA_RANGE = 1;
/** Luminance (0–255) below which noise dominates the chroma. */
const DARK = 16;

/**
 * Factors from keypoint distances to the face side: from the distance between the eyes or, in profile, from the eyes to the mouth.
 * The face's centre lies below the eyes by a share of the side, horizontally in the middle of the box. The box itself is a poor
 * measure: a smile makes it a tenth larger.
 */
const SIDES_PER_EYES = 2.22;
const SIDES_PER_MOUTH = 2.2;
const CENTER_BELOW_EYES = 0.25;

/** Upright region of the frame that a tile shows: the head with its hair, and the shoulders. */
export function tileRegion({ box, keypoints: { rightEye, leftEye, mouthCenter } }: Pick<FaceDetection, 'box' | 'keypoints'>): PixelRect {
  const eyes = { x: (rightEye.x + leftEye.x) / 2, y: (rightEye.y + leftEye.y) / 2 };
  const eyeDistance = Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y);
  const mouthDistance = Math.hypot(mouthCenter.x - eyes.x, mouthCenter.y - eyes.y);
  const side = Math.max(SIDES_PER_EYES * eyeDistance, SIDES_PER_MOUTH * mouthDistance);
  const top = eyes.y + (CENTER_BELOW_EYES - TILE_ABOVE) * side;
  return { x: box.x + box.width / 2 - (TILE_WIDTH / 2) * side, y: top, width: TILE_WIDTH * side, height: TILE_HEIGHT * side };
}

/**
 * @param rgba pixels of the tile, `TILE` in size.
 * @param visible the part of the tile (its own pixels) that lies in the frame.
 * @returns null where too little of the face itself is visible.
 */
export function describeAppearance(rgba: Uint8ClampedArray, visible: PixelRect): Appearance | null {
  const inner = INNER.map((cell) => meanColor(rgba, visible, cell));
  const seen = inner.filter((color) => color !== null);
  if (seen.length < INNER.length / 2) return null;
  const face = mean(seen);
  const faceLuminance = luminance(face);
  const bytes = new Uint8Array(APPEARANCE_BYTES);
  const putLuminance = (at: number, color: Color) => {
    bytes[at] = toByte(Math.log2((luminance(color) + DARK) / (faceLuminance + DARK)), LUMINANCE_RANGE);
  };
  const putChroma = (at: number, color: Color) => {
    const own = luminance(color);
    bytes[at] = toByte((color[0] - own) / (own + DARK), CHROMA_RANGE);
    bytes[at + 1] = toByte((color[2] - own) / (own + DARK), CHROMA_RANGE);
  };
  OUTER.forEach((cell, i) => {
    const color = meanColor(rgba, visible, cell);
    if (!color) return;
    putLuminance(i * CHANNELS, color);
    putChroma(i * CHANNELS + 1, color);
  });
  inner.forEach((color, i) => color && putLuminance(INNER_AT + i, color));
  putChroma(SKIN_AT, face);
  return bytes;
}

/** Weight of luminance relative to chroma: light changes with every turn of the head, colour hardly does. */
const LUMINANCE_WEIGHT = 0.5;
/** Weight of the light on the face, in outer cells. */
const INNER_WEIGHT = 2;
/** Cap on a cell's difference: a hand before the mouth does not make another person. */
const MOST_PER_CELL = 0.6;
/** Minimum number of outer cells in common. */
const LEAST_CELLS = 3;
/** Mean chroma below which a picture counts as grayscale, and the factor on differences then: two thirds of the evidence are missing. */
const COLORLESS = 0.03;
const COLORLESS_FACTOR = 1.6;

/**
 * Distance between two appearances: 0 identical, near 0.05 one person in the next frame, 0.3 two people; null if too
 * little of both is visible.
 *
 * Measured with this engine. 22 faces of six photographs, each moved, turned and relit five times: half under 0.16 (0.10
 * for a third of the change); different faces of one photograph: 1 % under 0.19, half over 0.36. Twelve drawn people in five
 * poses, expressions and lights each: 90 % under 0.15; strangers: 2 % under 0.15, half over 0.29.
 */
export function appearanceDistance(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const chroma = (at: number) => chromaDifference(a, b, at);
  const light = (at: number) => Math.abs(byteAt(a, at) - byteAt(b, at)) * (LUMINANCE_RANGE / STEPS) * LUMINANCE_WEIGHT;
  const known = (from: number, to: number, step: number) =>
    Array.from({ length: (to - from) / step }, (_, i) => from + i * step).filter((at) => byteAt(a, at) !== 0 && byteAt(b, at) !== 0);
  const outer = known(0, INNER_AT, CHANNELS);
  const inner = known(INNER_AT, SKIN_AT, 1);
  if (outer.length < LEAST_CELLS || inner.length === 0) return null;
  const sum =
    outer.reduce((total, at) => total + Math.min(MOST_PER_CELL, light(at) + chroma(at + 1)), 0) +
    (INNER_WEIGHT * inner.reduce((total, at) => total + Math.min(MOST_PER_CELL, light(at)), 0)) / inner.length +
    Math.min(MOST_PER_CELL, chroma(SKIN_AT));
  const distance = sum / (outer.length + INNER_WEIGHT + 1);
  const colored = [...outer.map((at) => at + 1), SKIN_AT];
  return isColorless(a, colored) && isColorless(b, colored) ? COLORLESS_FACTOR * distance : distance;
}

/**
 * Colour distance between two people's clothes: 0 identical, at most 0.6; 0 if not visible. Pairs of one photographed person, moved,
 * turned and relit: 95 % under 0.23 (drawn: 99 % under 0.01). Pairs of two people: half over 0.26 (drawn: 0.5).
 */
export function clothesDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const differences = CLOTHES.filter((at) => byteAt(a, at) !== 0 && byteAt(b, at) !== 0).map((at) => chromaDifference(a, b, at + 1));
  return differences.length === 0 ? 0 : Math.min(MOST_PER_CELL, differences.reduce((sum, difference) => sum + difference, 0) / differences.length);
}

function chromaDifference(a: ArrayLike<number>, b: ArrayLike<number>, at: number): number {
  return (Math.abs(byteAt(a, at) - byteAt(b, at)) + Math.abs(byteAt(a, at + 1) - byteAt(b, at + 1))) * (CHROMA_RANGE / STEPS);
}

function isColorless(appearance: ArrayLike<number>, chromaAt: readonly number[]): boolean {
  const sum = chromaAt.reduce((total, at) => total + Math.abs(byteAt(appearance, at) - 128) + Math.abs(byteAt(appearance, at + 1) - 128), 0);
  return ((CHROMA_RANGE / STEPS) * sum) / chromaAt.length < COLORLESS;
}

/** Moves `before` towards `now` by `share` (0–1). Cells that only one shows are copied. Not rounded, so that small steps add up. */
export function blendAppearance(before: ArrayLike<number>, now: ArrayLike<number>, share: number): Float32Array {
  return Float32Array.from(before, (value, i) => {
    const next = byteAt(now, i);
    return value === 0 || next === 0 ? value || next : value + (next - value) * share;
  });
}

type Color = readonly [r: number, g: number, b: number];

/** Byte values on either side of 128; 0 is reserved for cells that were not visible. */
const STEPS = 127;

function toByte(value: number, range: number): number {
  return 128 + Math.round(Math.max(-1, Math.min(1, value / range)) * STEPS);
}

function byteAt(bytes: ArrayLike<number>, at: number): number {
  return bytes[at] ?? 0;
}

function luminance([r, g, b]: Color): number {
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

function mean(colors: readonly Color[]): Color {
  const sum = (channel: 0 | 1 | 2) => colors.reduce((total, color) => total + color[channel], 0) / colors.length;
  return [sum(0), sum(1), sum(2)];
}

/** Returns null if too little of the cell lies in the frame. */
function meanColor(rgba: Uint8ClampedArray, visible: PixelRect, cell: Cell): Color | null {
  const spans: readonly (readonly [number, number])[] = cell.mirrored
    ? [[-cell.right, -cell.left], [cell.left, cell.right]]
    : [[cell.left, cell.right]];
  const firstRow = Math.round(((cell.top + TILE_ABOVE) / TILE_HEIGHT) * TILE.height);
  const lastRow = Math.round(((cell.bottom + TILE_ABOVE) / TILE_HEIGHT) * TILE.height);
  const sums = [0, 0, 0];
  let all = 0;
  let seen = 0;
  for (const [left, right] of spans) {
    const first = Math.round((left / TILE_WIDTH + 0.5) * TILE.width);
    const last = Math.round((right / TILE_WIDTH + 0.5) * TILE.width);
    for (let row = firstRow; row < lastRow; row++) {
      for (let column = first; column < last; column++) {
        all++;
        const inFrame = column >= visible.x && column + 1 <= visible.x + visible.width && row >= visible.y && row + 1 <= visible.y + visible.height;
        if (!inFrame) continue;
        seen++;
        const at = (row * TILE.width + column) * 4;
        for (let channel = 0; channel < 3; channel++) sums[channel] = (sums[channel] ?? 0) + (rgba[at + channel] ?? 0);
      }
    }
  }
  if (seen === 0 || seen < LEAST_VISIBLE * all) return null;
  const [r = 0, g = 0, b = 0] = sums;
  return [r / seen, g / seen, b / seen];
}
