import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Locale } from '../../src/words/i18n';

type Token = string | readonly [name: string, kind?: string, cases?: unknown];

/** A text's placeholders and tags (`count:plural`, `name`, `<strong>`), and the plural categories it lacks. */
function readMessage(text: string, locale: Locale): { readonly parts: ReadonlySet<string>; readonly gaps: readonly string[] } {
  const parts = new Set((text.match(/<\/?\w+>/g) ?? []).map(String));
  const gaps: string[] = [];
  const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  const visit = (tokens: unknown): void => {
    if (!Array.isArray(tokens)) return;
    for (const token of tokens as readonly Token[]) {
      if (typeof token === 'string') continue;
      const [name, kind, cases] = token;
      parts.add(kind === 'select' ? `${name}:select ${keysOf(cases).sort().join(' ')}` : kind ? `${name}:${kind}` : name);
      if (kind === 'plural') gaps.push(...pluralGaps(name, keysOf(cases), wanted));
      if (typeof cases === 'object' && cases !== null) Object.values(cases).forEach(visit);
    }
  };
  visit(compileMessageOrThrow(text));
  return { parts, gaps };
}

function keysOf(cases: unknown): string[] {
  return Object.keys(cases ?? {}).filter((key) => key !== 'offset');
}

/** Missing plural categories. `many` of French and Spanish is for millions, covered by `other`; `zero` and `two` may be exact numbers. */
function pluralGaps(name: string, keys: readonly string[], wanted: readonly string[]): string[] {
  const stands: Readonly<Record<string, string>> = { zero: '0', one: '1', two: '2' };
  const optional = wanted.includes('few') ? [] : ['many'];
  const missing = wanted.filter((category) => !keys.includes(category) && !keys.includes(stands[category] ?? category) && !optional.includes(category));
  const strange = keys.filter((key) => !/^\d+$/.test(key) && !wanted.includes(key));
  return [...missing.map((category) => `${name} lacks “${category}”`), ...strange.map((key) => `${name} has “${key}”, which the language does not know`)];
}

/** A plus sign that ends a Latin word, as in `FER+`: it takes the direction of the Arabic text around it. */
const UNBOUND_PLUS = /[A-Za-z]\+(?![\u200eA-Za-z])/;

/** Faults of a translation; empty if none. */
export function checkTranslation(english: string, translation: string, locale: Locale): readonly string[] {
  try {
    const [theirs, ours] = [readMessage(translation, locale), readMessage(english, 'en')];
    // Languages may differ in whether they use a plural.
    const nameOf = (part: string) => part.replace(/:plural$/, '');
    const [has, needs] = [new Set([...theirs.parts].map(nameOf)), new Set([...ours.parts].map(nameOf))];
    return [
      ...[...needs].filter((part) => !has.has(part)).map((part) => `lacks {${part}}`),
      ...[...has].filter((part) => !needs.has(part)).map((part) => `has {${part}}, which nobody fills in`),
      ...(locale === 'en' ? [] : theirs.gaps),
      ...(translation.trim() === '' ? ['is empty'] : []),
      ...(locale === 'ar' && UNBOUND_PLUS.test(translation) ? ['shows a plus sign before its word: add U+200E behind it'] : []),
    ];
  } catch (error) {
    return [`is no ICU MessageFormat: ${String(error)}`];
  }
}
