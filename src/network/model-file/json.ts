import { MienError } from '../../engine/errors';

export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws MienError `model-file/damaged` where the value is no object. */
export function recordOf(value: unknown, what: string): Json {
  if (!isRecord(value)) throw new MienError('model-file', 'damaged', `${what} is no object`);
  return value;
}

/** @throws MienError `model-file/damaged` where the value is no list. */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new MienError('model-file', 'damaged', `${what} is no list`);
  return value as readonly unknown[];
}

/** @throws MienError `model-file/damaged` where the value is no text. */
export function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new MienError('model-file', 'damaged', `${what} is no text`);
  return value;
}

/** @throws MienError `model-file/damaged` where the text is no JSON; Python's `NaN` and `Infinity`, which JSON lacks, are read as null. */
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
