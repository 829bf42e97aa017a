export interface CardSection {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

const FIRST = 'This model';

/** A card's plain values, and one section for each nested part, named in words. Any JSON is accepted. */
export function describeCard(card: unknown): readonly CardSection[] {
  if (!isObject(card)) return [];
  const plain: [string, string][] = [];
  const nested: CardSection[] = [];
  for (const [key, value] of Object.entries(card)) {
    if (isObject(value)) nested.push({ title: toWords(key), facts: flatten(value, []) });
    else plain.push([toWords(key), toText(value)]);
  }
  return [{ title: FIRST, facts: plain }, ...nested].filter((s) => s.facts.length > 0);
}

function flatten(value: object, path: readonly string[]): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, string][] => {
    const here = [...path, key];
    return isObject(inner) ? flatten(inner, here) : [[toWords(here.join(', ')), toText(inner)]];
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toText(value: unknown): string {
  if (Array.isArray(value)) return value.map(toText).join(', ');
  if (typeof value === 'number') return Number.isInteger(value) ? value.toLocaleString('en-GB') : String(Number(value.toPrecision(4)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toWords(key: string): string {
  const words = key.replaceAll('_', ' ').replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
