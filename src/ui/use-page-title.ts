import { useEffect } from 'react';
import { t } from '../words/i18n';
import { useAboutOpen } from './use-place';

/**
 * Sets the page title to the open item: "group.jpg – Read – Mien".
 *
 * @param parts innermost first; null: the page's default title.
 * @param shown false if another place is shown, which sets the title.
 */
export function usePageTitle(parts: readonly string[] | null, shown = true): void {
  const isCovered = useAboutOpen();
  useTitle(parts === null ? t('Mien – facial expressions, read in your browser') : titleOf(parts), shown && !isCovered);
}

/** Sets the page title while the dialog with an address is open; afterwards the place sets it again. */
export function useDialogTitle(name: string): void {
  useTitle(titleOf([name]), true);
}

function titleOf(parts: readonly string[]): string {
  return [...parts, 'Mien'].join(' – ');
}

function useTitle(title: string, shown: boolean): void {
  useEffect(() => {
    if (shown) document.title = title;
  }, [title, shown]);
}
