import { useSyncExternalStore } from 'react';
import type { ColorScheme } from '../words/expression-style';
import { useSettings } from './use-settings';

const DARK = '(prefers-color-scheme: dark)';

function subscribe(listener: () => void): () => void {
  const query = matchMedia(DARK);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** The scheme in force: the setting's, or the system's where the setting leaves it to that. */
export function useColorScheme(): ColorScheme {
  const [{ theme }] = useSettings();
  const systemIsDark = useSyncExternalStore(subscribe, () => matchMedia(DARK).matches);
  if (theme !== 'system') return theme;
  return systemIsDark ? 'dark' : 'light';
}
