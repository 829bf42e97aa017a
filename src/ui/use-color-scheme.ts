import { useSyncExternalStore } from 'react';
import type { ColorScheme } from '../words/expression-style';
import { FORCED_COLORS, onPaper, schemeOf } from './color-scheme';
import { useMediaQuery } from './use-media-query';
import { useSettings } from './use-settings';

/** True if signs must distinguish expressions in addition to colours: in contrast themes, and on paper, which may be greyscale. */
export function useSigns(): boolean {
  const isForced = useMediaQuery(FORCED_COLORS);
  return useSyncExternalStore(onPaper.subscribe, onPaper.getSnapshot) || isForced;
}

/** The current scheme: the user's setting, or the system's if the setting is "system"; light on paper. */
export function useColorScheme(): ColorScheme {
  const [{ theme }] = useSettings();
  const isDark = useMediaQuery('(prefers-color-scheme: dark)');
  const isForced = useMediaQuery(FORCED_COLORS);
  return useSyncExternalStore(onPaper.subscribe, onPaper.getSnapshot) ? 'light' : schemeOf(theme, { isDark, isForced });
}
