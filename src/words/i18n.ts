import { setupI18n, type I18n } from '@lingui/core';
import { Store } from '../engine/store';
import { compileMessage } from './compile-message';
import { messageKey } from './message-key';
import type { Literal, Phrase, Values } from './phrase';

export { msg, type Phrase, type Values } from './phrase';

export const LOCALES = ['en', 'de', 'fr', 'es', 'ja', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

/** Translations in ICU MessageFormat, by their English text or, as served, by its key. */
export type Catalogue = Readonly<Record<string, string>>;

/** Caches compiled messages. `isolated` wraps values, such as Latin names within Arabic, in bidirectional isolates. */
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

/** Data that a worker needs to use the page's language. */
export interface Language {
  readonly locale: Locale;
  /** BCP 47 tag for Intl: the language plus region and numbering system of numbers and dates. */
  readonly tag: string;
  /** Missing texts fall back to English. */
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
 * Translates an English text into the chosen language.
 *
 * @param message in ICU MessageFormat: `{name}`, `{count, plural, one {# photo} other {# photos}}`.
 */
export function t<const M extends string>(message: Literal<M> | Phrase, values?: Values): string {
  const english = message as string;
  // English needs no key, and the catalogues of tests have none.
  const id = current === ENGLISH || english in current.messages ? english : messageKey(english);
  return current.i18n._(id, values, { message: english });
}

/** BCP 47 tag for Intl. */
export function localeTag(): string {
  return current.tag;
}

/** Runs `work` with English texts, since files never depend on the page's language. */
export function inEnglish<T>(work: () => T): T {
  const before = current;
  current = ENGLISH;
  try {
    return work();
  } finally {
    current = before;
  }
}

/** Switches the language of all texts. */
export function setLanguage(language: Language): void {
  current = speakerOf(language);
  chosen.set(current);
}

/** The current language, to pass to `setLanguage` in a worker. */
export function chosenLanguage(): Language {
  const { locale, tag, messages } = chosen.getSnapshot();
  return { locale, tag, messages };
}

/** Store of the chosen language, for components that rerender on change. */
export const languageStore = {
  getSnapshot: (): Locale => chosen.getSnapshot().locale,
  subscribe: chosen.subscribe,
};
