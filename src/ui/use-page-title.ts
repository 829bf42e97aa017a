import { useEffect } from 'react';
import { t } from '../words/i18n';

/**
 * Sets the page title to the open item: "group.jpg – Read – Mien".
 *
 * @param parts innermost first; null: the page's default title.
 * @param shown false if another place is shown, which sets the title.
 */
export function usePageTitle(parts: readonly string[] | null, shown = true): void {
  const title = parts === null ? t('Mien – facial expressions, read in your browser') : [...parts, 'Mien'].join(' – ');
  useEffect(() => {
    if (shown) document.title = title;
  }, [title, shown]);
}
