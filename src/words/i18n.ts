import { setupI18n, type I18n } from '@lingui/core';
import { Store } from '../engine/store';
import { compileMessage } from './compile-message';
import type { Literal, Phrase, Values } from './phrase';

export { msg, type Phrase, type Values } from './phrase';

export const LOCALES = ['en', 'de', 'fr', 'es', 'ja', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

/** Translations by their English text, in ICU MessageFormat. */
export type Catalogue = Readonly<Record<string, string>>;

/** Compiles each text once. `isolated`: what is filled in keeps its own direction, as Latin names and figures within Arabic. */
function compiler(isolated: boolean): typeof compileMessage {
  const compiled = new Map<string, ReturnType<typeof compileMessage>>();
  return (message) => {
    let tokens = compiled.get(message);
    if (!tokens) compiled.set(message, (tokens = compileMessage(message, isolated)));
    return tokens;
  };
}

const compileOnce = compiler(false);
const compileIsolated = compiler(true);

/** What a worker needs in order to speak as the page does. */
export interface Language {
  readonly locale: Locale;
  /** BCP 47 tag for Intl: the language with the region and the digits that numbers and dates are written in. */
  readonly tag: string;
  /** A text that is missing stays English. */
  readonly messages: Catalogue;
}

interface Speaker extends Language {
  readonly i18n: I18n;
}

function speakerOf({ locale, tag, messages }: Language): Speaker {
  const i18n = setupI18n({ locale, locales: tag, messages: { [locale]: { ...messages } } });
  i18n.setMessagesCompiler(locale === 'ar' ? compileIsolated : compileOnce);
  return { locale, tag, messages, i18n };
}

const ENGLISH = speakerOf({ locale: 'en', tag: 'en-GB', messages: {} });

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

/** Words everything in a language from now on. */
export function setLanguage(language: Language): void {
  current = speakerOf(language);
  chosen.set(current);
}

/** As `setLanguage` takes it, in this realm or in a worker. */
export function chosenLanguage(): Language {
  const { locale, tag, messages } = chosen.getSnapshot();
  return { locale, tag, messages };
}

/** The chosen language, for what draws anew when it changes. */
export const languageStore = {
  getSnapshot: (): Locale => chosen.getSnapshot().locale,
  subscribe: chosen.subscribe,
};
