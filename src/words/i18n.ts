import { setupI18n, type I18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { Store } from '../engine/store';
import type { Literal, Phrase, Values } from './phrase';

export { msg, type Phrase, type Values } from './phrase';

export const LOCALES = ['en', 'de', 'fr', 'es', 'ja', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

/** Translations by their English text, in ICU MessageFormat. */
export type Catalogue = Readonly<Record<string, string>>;

const compiled = new Map<string, ReturnType<typeof compileMessage>>();

function compileOnce(message: string): ReturnType<typeof compileMessage> {
  let tokens = compiled.get(message);
  if (!tokens) compiled.set(message, (tokens = compileMessage(message)));
  return tokens;
}

interface Language {
  readonly locale: Locale;
  /** BCP 47 tag for Intl: the language with the region and the digits that numbers and dates are written in. */
  readonly tag: string;
  readonly i18n: I18n;
}

function languageOf(locale: Locale, tag: string, messages: Catalogue): Language {
  const i18n = setupI18n({ locale, locales: tag, messages: { [locale]: { ...messages } } });
  i18n.setMessagesCompiler(compileOnce);
  return { locale, tag, i18n };
}

const ENGLISH = languageOf('en', 'en-GB', {});

let current = ENGLISH;
const chosen = new Store(current);

/**
 * An English text in the chosen language.
 *
 * @param message in ICU MessageFormat: `{name}`, `{count, plural, one {# photo} other {# photos}}`.
 */
export function t<const M extends string>(message: Literal<M> | Phrase, values?: Values): string {
  return current.i18n._(message as string, values);
}

/** BCP 47 tag for Intl. */
export function localeTag(): string {
  return current.tag;
}

/** Puts whatever `work` words into English: files never depend on the page's language. */
export function inEnglish<T>(work: () => T): T {
  const before = current;
  current = ENGLISH;
  try {
    return work();
  } finally {
    current = before;
  }
}

/** @param messages a text that is missing stays English. */
export function setLanguage(locale: Locale, tag: string, messages: Catalogue): void {
  current = languageOf(locale, tag, messages);
  chosen.set(current);
}

/** The chosen language, for what draws anew when it changes. */
export const languageStore = {
  getSnapshot: (): Locale => chosen.getSnapshot().locale,
  subscribe: chosen.subscribe,
};
