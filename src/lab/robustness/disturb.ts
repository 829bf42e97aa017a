import { COLOR_SIDE, FACE_SIDE, type FaceBatch } from '../faces';

/** Disturbances for the robustness check, each at one strength. */
export const DISTURBANCES = [
  { kind: 'dark', strength: 2.5 },
  { kind: 'bright', strength: 0.4 },
  { kind: 'blurred', strength: 1.5 },
  { kind: 'blurred', strength: 3 },
  { kind: 'small', strength: 24 },
  { kind: 'small', strength: 16 },
  { kind: 'turned', strength: 15 },
  { kind: 'turned', strength: 30 },
  { kind: 'shifted', strength: 0.1 },
  { kind: 'shifted', strength: 0.2 },
] as const;

/**
 * `dark`, `bright`: gamma; `blurred`: box radius, pixels of 48; `small`: simulated face width, pixels; `turned`: in-plane rotation, degrees;
 * `shifted`: share of the width.
 */
export type Disturbance = (typeof DISTURBANCES)[number];

/** Disturbed copies of faces. */
export function disturbed({ luminance, colors }: FaceBatch, how: Disturbance): FaceBatch {
  return { luminance: each(luminance, FACE_SIDE, 1, how), colors: colors && each(colors, COLOR_SIDE, 3, how) };
}

function each(bytes: Uint8Array, side: number, channels: number, how: Disturbance): Uint8Array {
  if (how.kind === 'dark' || how.kind === 'bright') {
    const curve = Uint8Array.from({ length: 256 }, (_, value) => Math.round(255 * (value / 255) ** how.strength));
    return bytes.map((value) => curve[value] ?? 0);
  }
  const length = side * side * channels;
  const whole = new Uint8Array(bytes.length);
  for (let start = 0; start < bytes.length; start += length) whole.set(one(bytes.subarray(start, start + length), side, channels, how), start);
  return whole;
}

function one(face: Uint8Array, side: number, channels: number, { kind, strength }: Disturbance): Uint8Array {
  if (kind === 'blurred') return averaged(face, side, channels, (strength * side) / FACE_SIDE);
  if (kind === 'small') {
    // Averages over a pixel of the small picture, then interpolates between the centres of its pixels.
    const pixel = side / strength;
    const coarse = averaged(face, side, channels, (pixel - 1) / 2);
    return moved(coarse, side, channels, (x, y) => [inMiddle(x, pixel), inMiddle(y, pixel)]);
  }
  if (kind === 'shifted') return moved(face, side, channels, (x, y) => [x - strength * side, y]);
  const angle = (strength * Math.PI) / 180;
  const middle = (side - 1) / 2;
  return moved(face, side, channels, (x, y) => {
    const [u, v] = [x - middle, y - middle];
    return [Math.cos(angle) * u + Math.sin(angle) * v + middle, -Math.sin(angle) * u + Math.cos(angle) * v + middle];
  });
}

function inMiddle(at: number, pixel: number): number {
  return (Math.floor(at / pixel) + 0.5) * pixel - 0.5;
}

/** Box blur, rows first, then columns; clamps at the edges. */
function averaged(face: Uint8Array, side: number, channels: number, radius: number): Uint8Array {
  const reach = Math.max(0, Math.round(radius));
  const along = (from: Uint8Array, step: number, across: number) => {
    const to = new Uint8Array(from.length);
    for (let line = 0; line < side; line++) {
      for (let i = 0; i < side; i++) {
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (let k = -reach; k <= reach; k++) sum += from[(line * across + Math.min(side - 1, Math.max(0, i + k)) * step) * channels + c] ?? 0;
          to[(line * across + i * step) * channels + c] = Math.round(sum / (2 * reach + 1));
        }
      }
    }
    return to;
  };
  return along(along(face, 1, side), side, 1);
}

/** Resamples each pixel bilinearly from another place. */
function moved(face: Uint8Array, side: number, channels: number, from: (x: number, y: number) => readonly [number, number]): Uint8Array {
  const last = side - 1;
  const copy = new Uint8Array(face.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [u, v] = from(x, y).map((at) => Math.min(last, Math.max(0, at))) as [number, number];
      const [left, top] = [Math.floor(u), Math.floor(v)];
      const [right, bottom] = [Math.min(last, left + 1), Math.min(last, top + 1)];
      const [a, b] = [u - left, v - top];
      for (let c = 0; c < channels; c++) {
        const at = (row: number, column: number) => face[(row * side + column) * channels + c] ?? 0;
        copy[(y * side + x) * channels + c] = Math.round((at(top, left) * (1 - a) + at(top, right) * a) * (1 - b) + (at(bottom, left) * (1 - a) + at(bottom, right) * a) * b);
      }
    }
  }
  return copy;
}
