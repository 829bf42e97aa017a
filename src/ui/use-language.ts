import { useSyncExternalStore } from 'react';
import { languageStore, type Locale } from '../words/i18n';

/** The language that is shown: for effects and memos that word something, which rendering anew does not reach. */
export function useLanguage(): Locale {
  return useSyncExternalStore(languageStore.subscribe, languageStore.getSnapshot);
}
