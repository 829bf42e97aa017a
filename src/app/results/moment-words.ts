import { EXPRESSIONS } from '../../engine/labels';
import type { TrackSeries } from '../../session/track-series';
import { expressionWord } from '../../words/expression-style';
import { capitalized, formatList, formatShare } from '../../words/format';
import { bridgedMs } from './timeline-view';
import { t } from '../../words/i18n';

/** Smaller probabilities are omitted. */
const LEAST_SHARE = 0.1;

/** A person's expressions at a moment; gaps that the curves bridge count as in view. `intervalMs`: time between two observations. */
export function momentWords(series: TrackSeries | null, ms: number, intervalMs: number): string {
  return describeMoment(series?.at(ms, bridgedMs(intervalMs) / 2) ?? null);
}

/** A face's expressions at a moment: "Happy 84%, neutral 10%". */
export function describeMoment(probabilities: Float32Array | null): string {
  if (!probabilities) return t('Not in view');
  const words = EXPRESSIONS.map((e, i) => ({ name: expressionWord(e), share: probabilities[i] ?? 0 }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share)
    .map(({ name, share }) => `${name} ${formatShare(share)}`);
  return capitalized(formatList(words));
}
