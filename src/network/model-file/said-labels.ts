import { expressionOf } from '../label-names';
import { isRecord, parseJson } from './json';

/** Under which programs keep the names of classes. */
const KEYS = /^(?:labels?|class(?:es|_?names|_?indices|_?labels)|label_?(?:map|names)|categories|emotions|expressions|id2label|label2id|names)$/i;
/** Within which such a key may stand: tfjs's own place for what a program adds, and others. */
const PLACES = /^(?:userDefinedMetadata|metadata|config)$/;
/** `0 happy`, as Teachable Machine numbers the lines of its `labels.txt`; `0: happy`, `0,happy`, `0_happy`. */
const NUMBER_FIRST = /^(?<number>\d+)(?:\s*[:,;=._|-]\s*|\s+)(?<name>\D+)$/;
/** `happy 0`, `happy: 0`, `happy,0`, as people write out Keras's `class_indices`. */
const NUMBER_LAST = /^(?<name>\D+?)(?:\s*[:,;=_|-]\s*|\s+)(?<number>\d+)$/;
/** Longer files hold something else. */
const LONGEST = 100_000;
/** With fewer expressions among them, they name something else. */
const FEWEST_EXPRESSIONS = 2;

/** Names of a model's outputs in their order, as JSON may say them; null where it does not. */
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

/** As `["angry", …]`, `{"angry": 0, …}` or `{"0": "angry", …}`. */
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

/** The list, if it can be one of labels of so many outputs. */
function usable(list: readonly unknown[], classes: number): readonly string[] | null {
  const names = list.filter((item) => typeof item === 'string').map((name) => name.trim());
  const isWhole = names.length === classes && list.length === classes && new Set(names).size === classes;
  return isWhole && names.filter((name) => expressionOf(name) !== null).length >= FEWEST_EXPRESSIONS ? names : null;
}

/** The labels that a file beside a model says: `class_indices.json`, Teachable Machine's `metadata.json` and `labels.txt`; null where none does. */
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

/** The lines of a text in the order that their numbers say, or else as they stand; none where some have numbers of another kind. */
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

/** Null where not all lines are such. */
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
