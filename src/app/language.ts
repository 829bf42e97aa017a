import { log } from '../engine/log';
import { languageStore, type Locale } from '../words/i18n';
import { directionOf, loadLanguage, preferredLocale } from '../words/languages';
import { settingsStore } from './settings';

/** The browser's languages, preferred first. */
function browserLanguages(): readonly string[] {
  return navigator.languages;
}

/** Switches the page's language, or keeps the current one if its texts cannot be fetched. */
async function show(locale: Locale, signal: AbortSignal): Promise<void> {
  try {
    await loadLanguage(locale, browserLanguages(), signal);
  } catch (error) {
    log.error(`the texts of ${locale} could not be fetched: ${String(error)}`);
  }
  if (signal.aborted) return;
  const shown = languageStore.getSnapshot();
  document.documentElement.lang = shown;
  document.documentElement.dir = directionOf(shown);
}

/** Follows the language setting. Resolves once the first language is set. */
export function followLanguageSetting(): Promise<void> {
  const settings = settingsStore();
  let asked: Locale | null = null;
  let latest = new AbortController();
  const follow = () => {
    const { language } = settings.getSnapshot();
    const locale = language === 'auto' ? preferredLocale(browserLanguages()) : language;
    if (locale === asked) return Promise.resolve();
    asked = locale;
    latest.abort();
    latest = new AbortController();
    return show(locale, latest.signal);
  };
  settings.subscribe(() => void follow());
  addEventListener('languagechange', () => void follow());
  return follow();
}

/** Sets the language of a page without settings: the requested one, or the browser's. */
export function showLanguage(asked: string | null): Promise<void> {
  const languages = asked === null ? browserLanguages() : [asked, ...browserLanguages()];
  return show(preferredLocale(languages), new AbortController().signal);
}
