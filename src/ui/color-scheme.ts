import { Store } from '../engine/store';
import { settingsStore, type Settings } from '../app/settings';
import type { ColorScheme } from '../words/expression-style';
import { applyColorScheme } from './expression-style';

/** True if the system enforces the page's colours, as contrast themes do. */
export const FORCED_COLORS = '(forced-colors: active)';

/**
 * The scheme set by the user, or the system's if the setting is "system". With forced colours always the system's: the system sets the background,
 * and the expression colours, which stay the page's own, would be dark on black otherwise.
 */
export function schemeOf(theme: Settings['theme'], { isDark, isForced }: { readonly isDark: boolean; readonly isForced: boolean }): ColorScheme {
  if (theme !== 'system' && !isForced) return theme;
  return isDark ? 'dark' : 'light';
}

/** True while the page is being printed. Paper is white in either scheme. */
export const onPaper = new Store(false);

/** Keeps the root element in the current scheme. Call before anything reads the root's colours, i.e. before the interface is rendered. */
export function followColorScheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const forced = matchMedia(FORCED_COLORS);
  let applied: ColorScheme | null = null;
  const apply = () => {
    const scheme = onPaper.getSnapshot() ? 'light' : schemeOf(settingsStore().getSnapshot().theme, { isDark: dark.matches, isForced: forced.matches });
    if (scheme !== applied) applyColorScheme(document.documentElement, scheme);
    applied = scheme;
  };
  dark.addEventListener('change', apply);
  forced.addEventListener('change', apply);
  settingsStore().subscribe(apply);
  onPaper.subscribe(apply);
  addEventListener('beforeprint', () => onPaper.set(true));
  addEventListener('afterprint', () => onPaper.set(false));
  apply();
}
