import { LOCALES, setLanguage, type Catalogue, type Locale } from './i18n';

/** Each language's name in itself. */
export const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ja: '日本語',
  ar: 'العربية',
};

type Translated = Exclude<Locale, 'en'>;

/** One lazy chunk per language. */
const CATALOGUES: Readonly<Record<Translated, () => Promise<{ readonly default: Catalogue }>>> = {
  de: () => import('./messages/de.json'),
  fr: () => import('./messages/fr.json'),
  es: () => import('./messages/es.json'),
  ja: () => import('./messages/ja.json'),
  ar: () => import('./messages/ar.json'),
};

/** The browser's first language that Mien supports, else English. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const found = LOCALES.find((locale) => locale === primaryOf(language));
    if (found) return found;
  }
  return 'en';
}

/**
 * Tag for numbers and dates: the browser's own regional variant of the language, if any. Arabic uses Latin digits,
 * like the clocks and the files.
 */
export function tagOf(locale: Locale, languages: readonly string[]): string {
  const own = languages.find((language) => primaryOf(language) === locale && Intl.DateTimeFormat.supportedLocalesOf(language).length > 0);
  const tag = own ?? (locale === 'en' ? 'en-GB' : locale);
  return locale === 'ar' ? new Intl.Locale(tag, { numberingSystem: 'latn' }).toString() : tag;
}

function primaryOf(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? '';
}

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'ar' ? 'rtl' : 'ltr';
}

/**
 * Fetches a language's texts and switches to it.
 *
 * @param languages the browser's, in the user's order.
 * @throws TypeError if its file cannot be fetched; the language stays unchanged.
 */
export async function loadLanguage(locale: Locale, languages: readonly string[], signal: AbortSignal): Promise<void> {
  const messages = locale === 'en' ? {} : (await CATALOGUES[locale]()).default;
  if (!signal.aborted) setLanguage({ locale, tag: tagOf(locale, languages), messages });
}
