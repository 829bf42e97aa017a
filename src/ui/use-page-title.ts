import { useEffect } from 'react';
import { t } from '../words/i18n';

/**
 * Sets the page title to the open item: "group.jpg – Read – Mien".
 *
 * @param parts the innermost first; null: the page's own title.
 * @param shown false leaves the title to the place that is shown.
 */
export function usePageTitle(parts: readonly string[] | null, shown = true): void {
  const title = parts === null ? t('Mien – facial expressions, read in your browser') : [...parts, 'Mien'].join(' – ');
  useEffect(() => {
    if (shown) document.title = title;
  }, [title, shown]);
}
