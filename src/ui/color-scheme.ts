import { Store } from '../engine/store';
import { settingsStore, type Settings } from '../app/settings';
import type { ColorScheme } from '../words/expression-style';
import { applyColorScheme } from './expression-style';

/** Whether the system chooses the page's colours, as contrast themes do. */
export const FORCED_COLORS = '(forced-colors: active)';

/**
 * The setting's scheme, or the system's where the setting leaves it to that. Where the system chooses the ground as well, the system's: the
 * colours of expressions, which stay the page's own, would be dark on black otherwise.
 */
export function schemeOf(theme: Settings['theme'], { isDark, isForced }: { readonly isDark: boolean; readonly isForced: boolean }): ColorScheme {
  if (theme !== 'system' && !isForced) return theme;
  return isDark ? 'dark' : 'light';
}

/** Whether the page is being printed. Paper is white, whatever the scheme. */
export const onPaper = new Store(false);

/** Keeps the page's root in the scheme in force. Begun before the interface is shown, it comes before anything that reads the root's colours. */
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
