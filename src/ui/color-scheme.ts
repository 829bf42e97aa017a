import { Store } from '../engine/store';
import { settingsStore, type Settings } from '../app/settings';
import type { ColorScheme } from '../words/expression-style';
import { applyColorScheme } from './expression-style';

/** The setting's scheme, or the system's where the setting leaves it to that. */
export function schemeOf(theme: Settings['theme'], systemIsDark: boolean): ColorScheme {
  if (theme !== 'system') return theme;
  return systemIsDark ? 'dark' : 'light';
}

/** Whether the page is being printed. Paper is white, whatever the scheme. */
export const onPaper = new Store(false);

/** Keeps the page's root in the scheme in force. Begun before the interface is shown, it comes before anything that reads the root's colours. */
export function followColorScheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  let applied: ColorScheme | null = null;
  const apply = () => {
    const scheme = onPaper.getSnapshot() ? 'light' : schemeOf(settingsStore().getSnapshot().theme, system.matches);
    if (scheme !== applied) applyColorScheme(document.documentElement, scheme);
    applied = scheme;
  };
  system.addEventListener('change', apply);
  settingsStore().subscribe(apply);
  onPaper.subscribe(apply);
  addEventListener('beforeprint', () => onPaper.set(true));
  addEventListener('afterprint', () => onPaper.set(false));
  apply();
}
