import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { knownCardText } from './data-set-names';

interface Card {
  readonly metrics: readonly { readonly output: string; readonly labels: string; readonly rule: string }[];
  readonly notFor: readonly string[];
  readonly robustness: { readonly sweeps: Readonly<Record<string, unknown>> };
}

it('knows what the shipped model is judged by, and what it is not for', () => {
  const { metrics, notFor, robustness } = JSON.parse(readFileSync(new URL('../../public/models/mien-s/card.json', import.meta.url), 'utf8')) as Card;
  const texts = [...metrics.flatMap(({ output, labels, rule }) => [output, labels, rule]), ...notFor, ...Object.keys(robustness.sweeps)];
  expect(texts.length).toBeGreaterThan(10);
  expect(texts.filter((text) => knownCardText(text) === null)).toEqual([]);
});
