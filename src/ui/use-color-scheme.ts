import { useSyncExternalStore } from 'react';
import type { ColorScheme } from '../words/expression-style';
import { FORCED_COLORS, onPaper, schemeOf } from './color-scheme';
import { useMediaQuery } from './use-media-query';
import { useSettings } from './use-settings';

/** Whether signs tell expressions apart besides colours: in contrast themes, whose users may see few of them, and on paper, which may be grey. */
export function useSigns(): boolean {
  const isForced = useMediaQuery(FORCED_COLORS);
  return useSyncExternalStore(onPaper.subscribe, onPaper.getSnapshot) || isForced;
}

/** The scheme in force: the setting's, or the system's where the setting leaves it to that; light on paper. */
export function useColorScheme(): ColorScheme {
  const [{ theme }] = useSettings();
  const isDark = useMediaQuery('(prefers-color-scheme: dark)');
  const isForced = useMediaQuery(FORCED_COLORS);
  return useSyncExternalStore(onPaper.subscribe, onPaper.getSnapshot) ? 'light' : schemeOf(theme, { isDark, isForced });
}
