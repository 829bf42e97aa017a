import { formatClock } from '../../words/format';
import type { TimelineTick } from './timeline-painter';

/** A time interval, ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Shortest useful view. */
const SHORTEST_MS = 500;
const STEPS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];
/** Space for a time label under the curves, CSS pixels. */
const TICK_PX = 76;

/** Tolerance for frames that come late; a camera's depend on the device's speed. */
const BRIDGED_INTERVALS = 1.5;
const LEAST_BRIDGED_MS = 500;

/** How long an observation stays valid if none follows; longer gaps are shown. */
export function bridgedMs(intervalMs: number): number {
  return Math.max(LEAST_BRIDGED_MS, BRIDGED_INTERVALS * intervalMs);
}

/** Zooms the view in (factor < 1) or out around a time that stays in place, within the whole. */
export function zoomed(view: Span, whole: Span, factor: number, aroundMs: number): Span {
  const length = view.toMs - view.fromMs;
  const wanted = Math.min(whole.toMs - whole.fromMs, Math.max(Math.min(SHORTEST_MS, length), length * factor));
  const share = length > 0 ? (aroundMs - view.fromMs) / length : 0;
  return within(whole, aroundMs - share * wanted, wanted);
}

export function moved(view: Span, whole: Span, byMs: number): Span {
  return within(whole, view.fromMs + byMs, view.toMs - view.fromMs);
}

/** The view, moved so that it contains a time. */
export function following(view: Span, whole: Span, ms: number): Span {
  if (ms >= view.fromMs && ms <= view.toMs) return view;
  const length = view.toMs - view.fromMs;
  return within(whole, ms - length * 0.1, length);
}

function within(whole: Span, fromMs: number, length: number): Span {
  const start = Math.max(whole.fromMs, Math.min(whole.toMs - length, fromMs));
  return { fromMs: start, toMs: start + length };
}

/** Round times, as many as fit. */
export function clockTicks({ fromMs, toMs }: Span, widthPx: number): TimelineTick[] {
  const least = ((toMs - fromMs) / 1000 / Math.max(1, widthPx)) * TICK_PX;
  const step = STEPS_S.find((each) => each >= least) ?? Math.ceil(least / 3600) * 3600;
  const ticks: TimelineTick[] = [];
  for (let n = Math.ceil(fromMs / 1000 / step - 1e-6); n * step * 1000 <= toMs + 1e-6; n++) {
    const atMs = n * step * 1000;
    ticks.push({ atMs, text: formatClock(atMs, step < 1 ? 1 : 0) });
  }
  return ticks;
}
