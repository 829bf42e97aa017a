import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { knownCardText } from './card-text';
import { setLanguage, type Catalogue } from './i18n';

interface Card {
  readonly input: { readonly preprocessing: string };
  readonly data: Readonly<Record<'trainedOn' | 'labelRules' | 'measuredOn' | 'licence', string>>;
  readonly metrics: readonly { readonly output: string; readonly labels: string; readonly rule: string }[];
  readonly transfer: { readonly sets: readonly { readonly name: string; readonly source: string }[]; readonly film: readonly { readonly group: string; readonly value: string }[] };
  readonly knownFailures: readonly string[];
  readonly notFor: readonly string[];
  readonly robustness: { readonly sweeps: Readonly<Record<string, unknown>> };
}

interface ZooCard {
  readonly claim: { readonly words: string };
  readonly training: { readonly recipe: string };
}

const MODELS = new URL('../../public/models/', import.meta.url);

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, MODELS), 'utf8'));
}

const shipped = read('mien-s/card.json') as Card;

describe('knownCardText', () => {
  afterEach(() => setLanguage({ locale: 'en', tag: 'en-GB', messages: {} }));

  it('knows every displayed text of the shipped model’s card', () => {
    const { input, data, metrics, transfer, knownFailures, notFor, robustness } = shipped;
    const { trainedOn, labelRules, measuredOn, licence } = data;
    const texts = [
      input.preprocessing, trainedOn, labelRules, measuredOn, licence,
      ...metrics.flatMap(({ output, labels, rule }) => [output, labels, rule]),
      ...transfer.sets.flatMap(({ name, source }) => [name, source]),
      ...knownFailures, ...notFor, ...Object.keys(robustness.sweeps),
    ];
    expect(texts.length).toBeGreaterThan(40);
    expect(texts.filter((text) => knownCardText(text) === null)).toEqual([]);
  });

  it('knows the claims and recipes of the zoo’s documents', () => {
    const cards = readdirSync(MODELS).filter((name) => name.startsWith('seed-')).map((name) => read(`${name}/card.json`) as ZooCard);
    const texts = cards.flatMap(({ claim, training }) => [claim.words, training.recipe]);
    expect(texts).toHaveLength(8);
    expect(texts.filter((text) => knownCardText(text) === null)).toEqual([]);
  });

  it('changes only the number format in English', () => {
    const plain = (text: string | null) => text?.replace(/[\s,]/g, '').replaceAll('and', '');
    for (const text of [...shipped.knownFailures, shipped.data.trainedOn, shipped.data.labelRules]) expect(plain(knownCardText(text))).toBe(plain(text));
  });

  it('fills translations with localised figures, expressions and groups', () => {
    const messages = JSON.parse(readFileSync(new URL('messages/de.json', import.meta.url), 'utf8')) as Catalogue;
    setLanguage({ locale: 'de', tag: 'de-DE', messages });
    const weakest = knownCardText('CK+ peak: recognises 18 of 45 faces labelled angry, its lowest share there.');
    expect(weakest).toContain('18 von 45');
    expect(weakest).toContain('wütend');
    const groups = knownCardText('On film stills, whose labels are noisy, it recognises 57 % of 1,758 smiles (illumination bad) to 62 % of 1,278 (age young).');
    expect(groups).toMatch(/57\s%/);
    expect(groups).toContain('1.758');
    expect(groups).not.toContain('illumination');
  });

  it.each(['de', 'fr', 'es', 'ja', 'ar'] as const)('leaves no name or group of the shipped card in English: %s', (locale) => {
    setLanguage({ locale, tag: locale, messages: JSON.parse(readFileSync(new URL(`messages/${locale}.json`, import.meta.url), 'utf8')) as Catalogue });
    const read = shipped.knownFailures.map((text) => knownCardText(text) ?? text).join(' ');
    expect(read).not.toMatch(/Taiwanese|clear|photographs|smiles|\b(?:age|illumination|gender) \w+|\bangry\b|\bdisgust\b/);
    for (const { group, value } of shipped.transfer.film) expect(knownCardText(`${group} ${value}`)).not.toBe(`${group} ${value}`);
  });

  it('leaves texts of other models unchanged', () => {
    expect(knownCardText('Reads everything as happy.')).toBeNull();
  });
});
