import { MienError } from '../../engine/errors';
import { isRecord, type Json } from './json';

/** A number, also as Keras 2 writes NumPy's: `{class_name: 'ndarray', config: {value}}` or `{type: 'ndarray', value}`. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (!isRecord(value)) return null;
  return numberOf(value['value'] ?? (isRecord(value['config']) ? value['config']['value'] : null));
}

/** A height and a width, where one number may stand for both; null for anything else. */
export function pairOf(value: unknown): [number, number] | null {
  const [first, second] = Array.isArray(value) ? (value as unknown[]) : [value, value];
  return typeof first === 'number' && typeof second === 'number' ? [first, second] : null;
}

/** An error that names the layer; `detail` reads `name (Class: what of it)`. */
export function unsupported(name: string, kind: string, what = ''): MienError {
  return new MienError('model-file', 'unsupported-layer', `${name} (${kind}${what && `: ${what}`})`);
}

/** A layer as tf.layers deserialises it. */
export interface LayerPlan {
  readonly class_name: string;
  readonly config: Json;
}
