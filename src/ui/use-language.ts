import { useSyncExternalStore } from 'react';
import { languageStore, type Locale } from '../words/i18n';

/** The current language: for effects and memos that produce text, which a re-render alone does not update. */
export function useLanguage(): Locale {
  return useSyncExternalStore(languageStore.subscribe, languageStore.getSnapshot);
}
