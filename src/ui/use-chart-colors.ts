import type { ColorScheme } from '../words/expression-style';
import { FORCED_COLORS } from './color-scheme';
import { useColorScheme, useSigns } from './use-color-scheme';
import { useMediaQuery } from './use-media-query';

export interface ChartColors {
  readonly scheme: ColorScheme;
  /** True if curves carry their expressions' signs. */
  readonly signs: boolean;
  /** Changes with the colours; use it as the chart's React key to redraw it. */
  readonly key: string;
  readonly text: string;
  readonly grid: string;
  /** Colours of a first and a second line. */
  readonly accent: string;
  readonly warning: string;
}

/** The page's colours for a chart, because a canvas supports neither CSS variables nor forced colours. */
export function useChartColors(): ChartColors {
  const scheme = useColorScheme();
  const isForced = useMediaQuery(FORCED_COLORS);
  const signs = useSigns();
  const key = `${scheme}${isForced ? ' forced' : ''}`;
  // The system's grey text colour may be a loud green, which is acceptable for text only.
  if (isForced) return { scheme, signs, key, text: 'canvastext', grid: 'gray', accent: 'canvastext', warning: 'linktext' };
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return { scheme, signs, key, text: of('--color-text-muted'), grid: of('--color-line'), accent: of('--color-accent'), warning: of('--color-warning') };
}
