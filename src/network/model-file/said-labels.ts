import { expressionOf } from '../label-names';
import { isRecord, parseJson } from './json';

/** Keys for class names in JSON files. */
const KEYS = /^(?:labels?|class(?:es|_?names|_?indices|_?labels)|label_?(?:map|names)|categories|emotions|expressions|id2label|label2id|names)$/i;
/** Keys of objects that may contain such a key: tfjs's own place for custom metadata, and others. */
const PLACES = /^(?:userDefinedMetadata|metadata|config)$/;
/** `0 happy`, as in the `labels.txt` of Teachable Machine; `0: happy`, `0,happy`, `0_happy`. */
const NUMBER_FIRST = /^(?<number>\d+)(?:\s*[:,;=._|-]\s*|\s+)(?<name>\D+)$/;
/** `happy 0`, `happy: 0`, `happy,0`, as in printed `class_indices` of Keras. */
const NUMBER_LAST = /^(?<name>\D+?)(?:\s*[:,;=_|-]\s*|\s+)(?<number>\d+)$/;
/** Longer files contain something else. */
const LONGEST = 100_000;
/** Lists with fewer expressions name something else. */
const FEWEST_EXPRESSIONS = 2;

/** Names of a model's outputs in order, from JSON; null if it has none. */
export function labelsIn(value: unknown, classes: number): readonly string[] | null {
  const found = named(value, classes);
  if (found) return found;
  if (!isRecord(value)) return null;
  for (const [key, own] of Object.entries(value)) {
    const below = KEYS.test(key) ? labelsIn(own, classes) : PLACES.test(key) && isRecord(own) ? labelsIn(own, classes) : null;
    if (below) return below;
  }
  return null;
}

/** Accepts `["angry", …]`, `{"angry": 0, …}` and `{"0": "angry", …}`. */
function named(value: unknown, classes: number): readonly string[] | null {
  if (Array.isArray(value)) return usable(value, classes);
  if (!isRecord(value)) return null;
  const entries = Object.entries(value);
  const byName = entries.map(([name, number]) => [number, name] as const);
  const byNumber = entries.map(([number, name]) => [Number(number), name] as const);
  return inOrder(byName, classes) ?? inOrder(byNumber, classes);
}

function inOrder(entries: readonly (readonly [number: unknown, name: unknown])[], classes: number): readonly string[] | null {
  const names = new Map(entries);
  return usable(Array.from({ length: classes }, (_, i) => names.get(i)), names.size);
}

/** The list if it qualifies as labels for that many outputs; otherwise null. */
function usable(list: readonly unknown[], classes: number): readonly string[] | null {
  const names = list.filter((item) => typeof item === 'string').map((name) => name.trim());
  const isWhole = names.length === classes && list.length === classes && new Set(names).size === classes;
  return isWhole && names.filter((name) => expressionOf(name) !== null).length >= FEWEST_EXPRESSIONS ? names : null;
}

/** Labels from a file beside a model: `class_indices.json`, Teachable Machine's `metadata.json` and `labels.txt`; null if there is none. */
export function labelsBeside(files: readonly { readonly path: string; readonly bytes: Uint8Array }[], classes: number): readonly string[] | null {
  for (const { path, bytes } of files) {
    const ending = /\.(json|txt|csv)$/i.exec(path)?.[1]?.toLowerCase();
    if (ending === undefined || (bytes.length > LONGEST && !path.endsWith('model.json'))) continue;
    const text = new TextDecoder().decode(bytes);
    const labels = ending === 'json' ? labelsIn(jsonOf(text), classes) : usable(linesOf(text), classes);
    if (labels) return labels;
  }
  return null;
}

/** Lines of a text, sorted by their numbers if all are numbered; none if the numbering is inconsistent. */
function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const names = lines.filter((line) => line !== '');
  if (!names.some((line) => /\d/.test(line))) return names;
  const numbered = numberedBy(NUMBER_FIRST, names) ?? numberedBy(NUMBER_LAST, names) ?? [];
  const sorted = numbered.toSorted((a, b) => a.number - b.number);
  const first = sorted[0]?.number;
  const isCounted = (first === 0 || first === 1) && sorted.every(({ number }, i) => number === first + i);
  return isCounted ? sorted.map(({ name }) => name) : [];
}

/** Null unless all lines match. */
function numberedBy(pattern: RegExp, lines: readonly string[]): readonly { readonly number: number; readonly name: string }[] | null {
  const found = lines.flatMap((line) => {
    const { number, name } = pattern.exec(line)?.groups ?? {};
    return number !== undefined && name !== undefined ? [{ number: Number(number), name }] : [];
  });
  return found.length === lines.length ? found : null;
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text, '');
  } catch {
    return null;
  }
}
