import { readFileSync } from 'node:fs';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import { expect, it } from 'vitest';
import { compileMessage } from './compile-message';
import { LOCALES, type Catalogue } from './i18n';

it('parses every text of every language like Lingui’s own compiler', () => {
  const texts = new Set<string>();
  for (const locale of LOCALES.filter((other) => other !== 'en')) {
    const catalogue = JSON.parse(readFileSync(new URL(`messages/${locale}.json`, import.meta.url), 'utf8')) as Catalogue;
    for (const [english, translation] of Object.entries(catalogue)) texts.add(english).add(translation);
  }
  expect(texts.size).toBeGreaterThan(1000);
  const differing = [...texts].filter((text) => JSON.stringify(compileMessage(text)) !== JSON.stringify(compileMessageOrThrow(text)));
  expect(differing).toEqual([]);
});

it.each(['{count, plural, one {a # b {name}} =0 {none} other {{kind, select, x {#} other {y}} c}} d', 'C# and #', '{ name }', ''])('also parses %s the same', (message) => {
  expect(compileMessage(message)).toEqual(compileMessageOrThrow(message));
});

it.each(['{name', 'a } b', '{}', '{count, plural, one {a}', '{when, date}'])('rejects %s', (message) => {
  expect(() => compileMessage(message)).toThrow();
});
