import { EXPRESSIONS } from '../../engine/labels';
import type { SessionSpan } from '../../session/session-info';
import type { TrackSeries } from '../../session/track-series';

/** Points per curve; more would be less than two pixels apart on a phone. */
const POINTS = 400;
/** Curves bridge gaps up to this, ms, because frames may be late. */
const BRIDGED_MS = 2000;

/** An expression's curve over the whole session, in seconds from a zero, with a NaN point in each long gap. */
export function comparedPoints(series: TrackSeries, whole: SessionSpan, zeroMs: number, expression: number): { x: number; y: number }[] {
  const curves = series.read(whole.fromMs, whole.toMs, POINTS);
  const points: { x: number; y: number }[] = [];
  for (let bucket = 0; bucket < curves.length; bucket++) {
    const y = curves.means[bucket * EXPRESSIONS.length + expression] ?? NaN;
    if (Number.isNaN(y)) continue;
    const x = (curves.startMs + (bucket + 0.5) * curves.bucketMs - zeroMs) / 1000;
    const before = points.at(-1);
    if (before && x - before.x > BRIDGED_MS / 1000) points.push({ x, y: NaN });
    points.push({ x, y });
  }
  return points;
}
