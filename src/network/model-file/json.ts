import { MienError } from '../../engine/errors';

export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws MienError `model-file/damaged` if the value is not an object. */
export function recordOf(value: unknown, what: string): Json {
  if (!isRecord(value)) throw new MienError('model-file', 'damaged', `${what} is no object`);
  return value;
}

/** @throws MienError `model-file/damaged` if the value is not an array. */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new MienError('model-file', 'damaged', `${what} is no list`);
  return value as readonly unknown[];
}

/** @throws MienError `model-file/damaged` if the value is not a string. */
export function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new MienError('model-file', 'damaged', `${what} is no text`);
  return value;
}

/**
 * Parses JSON; Python's `NaN` and `Infinity`, which are not valid JSON, become null. @throws MienError `model-file/damaged` if the text is not JSON.
 */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    try {
      return JSON.parse(text.replaceAll(/(?<=[:[,]\s*)(-?Infinity|NaN)(?=\s*[,}\]])/g, 'null')) as unknown;
    } catch (error) {
      throw new MienError('model-file', 'damaged', `${what} is no JSON`, error);
    }
  }
}
