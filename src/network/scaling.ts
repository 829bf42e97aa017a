import { MienError } from '../engine/errors';

/**
 * Pixel scaling that a network expects. `bytes`: 0–255, for a network with built-in scaling; `unit`: 0–1; `minus-one-to-one`; `per-face`: zero mean
 * and unit deviation of each face; or luminance 0–1 minus a mean, divided by a deviation.
 */
export type Scaling = (typeof SCALINGS)[number] | { readonly mean: number; readonly deviation: number };

/** Scalings to try on a model that states none. */
export const SCALINGS = ['unit', 'minus-one-to-one', 'per-face', 'bytes'] as const;

/** As in the engine's `standardise`: a blank crop has no contrast to amplify. */
const MIN_DEVIATION = 0.02;

/**
 * Scales faces in place.
 *
 * @param faces [n, …] luminance or colours, 0–1.
 * @param length values per face.
 */
export function scaleFaces(faces: Float32Array, length: number, scaling: Scaling): void {
  if (scaling === 'unit') return;
  for (let start = 0; start < faces.length; start += length) {
    const face = faces.subarray(start, start + length);
    const { mean, deviation } = measureOf(face, scaling);
    for (let i = 0; i < face.length; i++) face[i] = ((face[i] ?? 0) - mean) / deviation;
  }
}

function measureOf(face: Float32Array, scaling: Exclude<Scaling, 'unit'>): { mean: number; deviation: number } {
  if (typeof scaling === 'object') return scaling;
  if (scaling === 'bytes') return { mean: 0, deviation: 1 / 255 };
  if (scaling === 'minus-one-to-one') return { mean: 0.5, deviation: 0.5 };
  const mean = face.reduce((sum, value) => sum + value, 0) / face.length;
  const squares = face.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.max(MIN_DEVIATION, Math.sqrt(squares / face.length)) };
}

/** @throws MienError `call/out-of-range` for anything but a `Scaling`. */
export function checkScaling(value: unknown): Scaling {
  if (SCALINGS.some((name) => name === value)) return value as Scaling;
  if (typeof value === 'object' && value !== null && 'mean' in value && 'deviation' in value) {
    const { mean, deviation } = value;
    if (Number.isFinite(mean) && typeof deviation === 'number' && deviation > 0 && deviation < Infinity) return value as Scaling;
  }
  throw new MienError('call', 'out-of-range', `scaling: ${JSON.stringify(value)}`);
}
