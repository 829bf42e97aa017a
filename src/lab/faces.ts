import type { FaceInput } from '../engine/types';

/** Side of a face for Mien's own model, in pixels. */
export const FACE_SIDE = 48;
/** Side of a face in colour, for larger models, in pixels. */
export const COLOR_SIDE = 96;

export const LUMINANCE_BYTES = FACE_SIDE ** 2;
export const COLOR_BYTES = COLOR_SIDE ** 2 * 3;

/** A batch of cropped faces. */
export interface FaceBatch {
  /** [n, 48, 48], 0–255. */
  readonly luminance: Uint8Array;
  /** [n, 96, 96, 3], 0–255; null if the data set has only luminance. */
  readonly colors: Uint8Array | null;
}

export function countFaces({ luminance }: FaceBatch): number {
  return luminance.length / LUMINANCE_BYTES;
}

/**
 * Faces as model input, [n, side, side, channels], 0–1. A 48×48 grayscale model gets the app's own crops, any other the colours, averaged or enlarged
 * to its size. Without colours, every channel is the luminance.
 */
export function modelInput(faces: FaceBatch, { side, channels }: FaceInput): Float32Array {
  const count = countFaces(faces);
  if (faces.colors && !(side === FACE_SIDE && channels === 1)) {
    const colors = resize(faces.colors, count, COLOR_SIDE, side, 3);
    return channels === 3 ? colors : luminanceOf(colors);
  }
  const grey = resize(faces.luminance, count, FACE_SIDE, side, 1);
  if (channels === 1) return grey;
  return Float32Array.from({ length: grey.length * 3 }, (_, i) => grey[Math.floor(i / 3)] ?? 0);
}

/** Rec. 601, like the app's crops. */
function luminanceOf(colors: Float32Array): Float32Array {
  return Float32Array.from({ length: colors.length / 3 }, (_, i) => 0.299 * (colors[3 * i] ?? 0) + 0.587 * (colors[3 * i + 1] ?? 0) + 0.114 * (colors[3 * i + 2] ?? 0));
}

interface Tap {
  readonly from: number;
  readonly weight: number;
}

/** Resizes square byte images to 0–1 floats: area averaging when shrinking, bilinear when enlarging. */
export function resize(bytes: Uint8Array, count: number, from: number, to: number, channels: number): Float32Array {
  const taps = Array.from({ length: to }, (_, i) => tapsOf(i, from, to));
  const rows = new Float32Array(to * from * channels);
  const resized = new Float32Array(count * to * to * channels);
  for (let face = 0; face < count; face++) {
    const start = face * from * from * channels;
    rows.fill(0);
    taps.forEach((own, y) => {
      for (const { from: row, weight } of own) {
        for (let i = 0; i < from * channels; i++) {
          rows[y * from * channels + i] = (rows[y * from * channels + i] ?? 0) + (weight * (bytes[start + row * from * channels + i] ?? 0)) / 255;
        }
      }
    });
    for (let y = 0; y < to; y++) {
      taps.forEach((own, x) => {
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (const { from: column, weight } of own) sum += weight * (rows[(y * from + column) * channels + c] ?? 0);
          resized[((face * to + y) * to + x) * channels + c] = sum;
        }
      });
    }
  }
  return resized;
}

function tapsOf(i: number, from: number, to: number): Tap[] {
  const scale = from / to;
  if (scale > 1) {
    const [start, end] = [i * scale, (i + 1) * scale];
    const last = Math.min(from - 1, Math.ceil(end) - 1);
    return Array.from({ length: last - Math.floor(start) + 1 }, (_, k) => {
      const at = Math.floor(start) + k;
      return { from: at, weight: (Math.min(end, at + 1) - Math.max(start, at)) / scale };
    });
  }
  const at = Math.min(from - 1, Math.max(0, (i + 0.5) * scale - 0.5));
  const below = Math.floor(at);
  return [
    { from: below, weight: 1 - (at - below) },
    { from: Math.min(from - 1, below + 1), weight: at - below },
  ].filter(({ weight }) => weight > 0);
}
