import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Catalogue } from '../src/words/i18n';
import { messageKey } from '../src/words/message-key';
import { checkTranslation } from './messages/check';
import { extractMessages } from './messages/extract';
import { unmarkedIn, unmarkedInSheet, unmarkedTexts } from './messages/unmarked';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const { messages, problems } = extractMessages(projectRoot);
const TRANSLATED = ['de', 'fr', 'es', 'ja', 'ar'] as const;
const catalogues = TRANSLATED.map((locale) => ({
  locale,
  catalogue: JSON.parse(readFileSync(`${projectRoot}/src/words/messages/${locale}.json`, 'utf8')) as Catalogue,
}));

it('extracts every text of the source', () => {
  expect(messages.size).toBeGreaterThan(900);
  expect(problems).toEqual([]);
});

it('gives each text a key of its own', () => {
  expect(new Set([...messages.keys()].map(messageKey)).size).toBe(messages.size);
});

it('compiles the English texts', () => {
  const faults = [...messages.keys()].flatMap((message) => checkTranslation(message, message, 'en').map((fault) => `${message}: ${fault}`));
  expect(faults).toEqual([]);
});

it.each(catalogues)('$locale has every text, and no obsolete one', ({ catalogue }) => {
  const missing = [...messages.keys()].filter((message) => !(message in catalogue));
  const gone = Object.keys(catalogue).filter((message) => !messages.has(message));
  expect({ missing, gone }).toEqual({ missing: [], gone: [] });
});

it.each(catalogues)('$locale has the placeholders of the English text, and the plurals of its language', ({ locale, catalogue }) => {
  const faults = Object.entries(catalogue).flatMap(([message, words]) => checkTranslation(message, words, locale).map((fault) => `${message}: ${fault}`));
  expect(faults).toEqual([]);
});

it.each([
  ['{count, plural, one {# photo} other {# photos}}', '{count, plural, other {# صور}}', 'ar', 'count lacks “few”'],
  ['{count, plural, one {# photo} other {# photos}}', '{n, plural, one {# Foto} other {# Fotos}}', 'de', 'lacks {count}'],
  ['See <link>this</link>', 'Siehe <a>das</a>', 'de', 'lacks {<link>}'],
  ['FER+ head', 'مخرج FER+', 'ar', 'plus sign'],
  ['{name} was removed', '{name', 'de', 'is no ICU MessageFormat'],
] as const)('%s is not %s', (english, translation, locale, fault) => {
  expect(checkTranslation(english, translation, locale).join('; ')).toContain(fault);
});

it('finds no displayed text outside the catalogue', () => {
  expect(unmarkedTexts(projectRoot)).toEqual([]);
});

it.each([
  ['text of an element', '<i>lower</i>', 'lower'],
  ['words behind a value', '<b>{n} more</b>', 'more'],
  ['a word in braces', "<b>{n > 1 ? 'several' : t('one')}</b>", 'several'],
  ['a title', '<button title="Close it" />', 'Close it'],
  ['a name for screen readers', '<button aria-label={`close ${name}`} />', 'close'],
  ['a placeholder', '<input placeholder={hint ?? "name"} />', 'name'],
  ['a word on a canvas', "context.fillText('now', 0, 0)", 'now'],
  ['words that are handed on to what shows them', '<WordedMenuItem words="Copy picture" />', 'Copy picture'],
  ['a percent sign on a canvas', 'context.fillText(`${share}%`, 0, 0)', '%'],
  ['a word in a list that is joined', "<b>{[n, 'later'].join(' ')}</b>", 'later'],
  ['what a constant holds', "const LATER = 'later'; const a = <b>{LATER}</b>;", 'later'],
  ['what a table holds', "const WORDS = { a: t('now'), b: 'later' } as const; const a = <b>{WORDS[n]}</b>;", 'later'],
  ['what a function returns', "function word() { if (n) return 'later'; return t('now'); } const a = <b>{word()}</b>;", 'later'],
  ['a property that is shown', "open({ title: 'close' })", 'close'],
  ['a name that is no key', "const a = { id: 'json', name: 'Download all' }", 'Download all'],
  ['what a script writes into an element', "status.textContent = 'now'", 'now'],
  ['the title of the page', 'document.title = `mien ${n}`', 'mien'],
  ['an attribute that a script sets', "button.setAttribute('aria-label', 'close')", 'close'],
  ['what is appended', "place.append('now')", 'now'],
  ['what is put together for a canvas', 'const label = `${share} · relative`; context.fillText(label, 0, 0)', '· relative'],
])('finds %s', (_, code, text) => {
  expect(unmarkedIn(code, 'a.tsx')).toEqual([`a.tsx:1: ${text}`]);
});

it('finds words of a style sheet', () => {
  expect(unmarkedInSheet(".a::before { content: 'new'; }\n.b::after { content: '·' attr(data-n); }", 'a.css')).toEqual(['a.css:1: new']);
});

it.each(['<p>{t("Close")}</p>', '<h1>Mien</h1>', '<a href="x" aria-labelledby="title">{n}</a>', 'context.font = `600 ${px}px system-ui`; context.fillText(text, 0, 0)'])('accepts %s', (code) => {
  expect(unmarkedIn(code, 'a.tsx')).toEqual([]);
});
