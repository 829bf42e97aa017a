import { MienError } from '../../engine/errors';
import { isRecord, type Json } from './json';

/** A number, including NumPy numbers as written by Keras 2: `{class_name: 'ndarray', config: {value}}` or `{type: 'ndarray', value}`. */
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

/** Error that names the layer; `detail` reads `name (Class: problem)`. */
export function unsupported(name: string, kind: string, what = ''): MienError {
  return new MienError('model-file', 'unsupported-layer', `${name} (${kind}${what && `: ${what}`})`);
}

/** A layer in tf.layers's serialized form. */
export interface LayerPlan {
  readonly class_name: string;
  readonly config: Json;
}
