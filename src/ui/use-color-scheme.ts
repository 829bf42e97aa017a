import type { ColorScheme } from '../words/expression-style';
import { schemeOf } from './color-scheme';
import { useMediaQuery } from './use-media-query';
import { useSettings } from './use-settings';

/** The scheme in force: the setting's, or the system's where the setting leaves it to that. */
export function useColorScheme(): ColorScheme {
  const [{ theme }] = useSettings();
  return schemeOf(theme, useMediaQuery('(prefers-color-scheme: dark)'));
}
