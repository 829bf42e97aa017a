import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { MyNeutral } from '../../app/live/my-neutral';
import { EXPRESSIONS } from '../../engine/labels';
import { relativeStored, type Baseline } from '../../session/baseline';
import { decimate } from '../../session/decimation';
import type { ObservationStore, StoredFace } from '../../session/observation-store';
import { summarise, type ExpressionSummary } from '../../session/statistics';
import { expressionName, expressionWord } from '../../words/expression-style';
import { expressionFill } from '../expression-style';
import { formatList, formatShare } from '../../words/format';
import { personName } from '../../words/person-style';
import { fitCanvas, timelineStyle } from '../../app/results/timeline-canvas';
import { paintTimeline, plotOf, type TimelineView } from '../../app/results/timeline-painter';
import { useSettings } from '../use-settings';
import { useColorScheme, useSigns } from '../use-color-scheme';
import { useMediaQuery } from '../use-media-query';
import { t } from '../../words/i18n';
import styles from './timeline.module.css';

/** Curves move about ten pixels per second; more redraws would not be visible. */
const REDRAW_MS = 100;
const SUMMARY_MS = 1000;
/** Length of the displayed past. */
const TIMELINE_SPAN_MS = 60_000;
/** 300 points across the timeline: more than one per two pixels on a phone. */
const TIMELINE_BUCKET_MS = 200;
/** Slow devices take this many buckets for a frame. */
const BRIDGED_BUCKETS = 4;

interface Props {
  readonly store: ObservationStore;
  readonly neutral: MyNeutral;
  readonly track: number | null;
  /** True while time runs; otherwise the timeline stops at the last frame. */
  readonly live: boolean;
  /** True beside several faces on a phone. */
  readonly isBrief: boolean;
}

/** The seven smoothed probabilities of one face over the last minute. */
export function Timeline({ store, neutral, track, live, isBrief }: Props) {
  const baseline = useSyncExternalStore(neutral.subscribe, () => neutral.baselineOf(track));
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useColorScheme();
  const signs = useSigns();
  // A phone that is small or in landscape; one face leaves more room.
  const isTight = useMediaQuery(isBrief ? '(max-height: 50rem)' : '(max-width: 40rem) and (max-height: 42rem), (max-height: 24rem)');

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    let style = timelineStyle(element, scheme, signs);
    const draw = () => {
      const nowMs = live ? performance.now() : (store.getSnapshot().latest?.timestampMs ?? performance.now());
      const fromMs = nowMs - TIMELINE_SPAN_MS - TIMELINE_BUCKET_MS;
      const faces = track === null ? [] : shownFaces(store.since(fromMs, track), baseline);
      const view = lastMinute(nowMs, plotOf({ width: element.clientWidth, height: element.clientHeight }).width);
      paintTimeline(context, element, decimate(faces, fromMs, nowMs, TIMELINE_BUCKET_MS), view, style);
    };
    const fit = () => {
      fitCanvas(element);
      style = timelineStyle(element, scheme, signs);
      draw();
    };
    const resizing = new ResizeObserver(fit);
    resizing.observe(element);
    let handle = 0;
    let drawnMs = -Infinity;
    const step = (nowMs: number) => {
      handle = requestAnimationFrame(step);
      if (nowMs - drawnMs < REDRAW_MS) return;
      drawnMs = nowMs;
      draw();
    };
    // Without a person the plot never changes.
    if (live && track !== null) handle = requestAnimationFrame(step);
    return () => {
      resizing.disconnect();
      cancelAnimationFrame(handle);
    };
  }, [store, baseline, track, live, scheme, signs]);

  return (
    <section className={styles['timeline']} data-tight={isTight || undefined} aria-labelledby="timeline-title">
      <div className={styles['head']}>
        <h3 id="timeline-title">
          {t('Last 60 seconds')}
          {track !== null && <span> · {personName(track)}</span>}
          {baseline && <span> · {t('relative')}</span>}
        </h3>
        <ul className={styles['legend']} aria-label={t('Colours')}>
          {EXPRESSIONS.map((e) => (
            <li key={e}>
              <span {...expressionFill(e)} data-curve />
              {expressionName(e)}
            </li>
          ))}
        </ul>
      </div>
      <canvas ref={canvas} className={styles['canvas']} aria-hidden="true" data-testid="timeline" />
      <Summary className={isTight ? 'visually-hidden' : styles['summary']} store={store} baseline={baseline} track={track} live={live} />
    </section>
  );
}

/** All values relative to the neutral face, even those from before it was known: a curve has a single scale. */
function* shownFaces(faces: Iterable<StoredFace>, baseline: Baseline | null): Generator<StoredFace> {
  for (const face of faces) yield baseline ? relativeStored(face, baseline) : face;
}

function lastMinute(nowMs: number, widthPx: number): TimelineView {
  const spacing = widthPx < 320 ? 30 : 15;
  const ticks = [];
  for (let ago = 60; ago >= 0; ago -= spacing) ticks.push({ atMs: nowMs - ago * 1000, text: ago === 0 ? t('now') : t('−{seconds} s', { seconds: ago }) });
  return { fromMs: nowMs - TIMELINE_SPAN_MS, toMs: nowMs, ticks, bridgedBuckets: BRIDGED_BUCKETS };
}

interface SummaryProps extends Pick<Props, 'store' | 'track' | 'live'> {
  readonly className: string | undefined;
  readonly baseline: Baseline | null;
}

/** The same minute in words. */
function Summary({ className, store, baseline, track, live }: SummaryProps) {
  const [summary, setSummary] = useState<ExpressionSummary | null>(null);
  const [{ leaveOutConcerns }] = useSettings();
  useEffect(() => {
    const refresh = () => {
      const newestMs = store.getSnapshot().latest?.timestampMs ?? 0;
      setSummary(track === null ? null : summarise(shownFaces(store.since(newestMs - TIMELINE_SPAN_MS, track), baseline), { leaveOutConcerns }));
    };
    const first = setTimeout(refresh);
    const timer = live ? setInterval(refresh, SUMMARY_MS) : undefined;
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [store, baseline, track, live, leaveOutConcerns]);
  return <p className={className}>{describeSummary(summary)}</p>;
}

/** A text about the dominant expression and its stability. */
export function describeSummary(summary: ExpressionSummary | null): string {
  if (!summary || summary.observations === 0) return t('Nothing has been read yet.');
  const parts = EXPRESSIONS.map((e) => ({ name: expressionWord(e), share: summary.share[e] }))
    .concat({ name: t('uncertain'), share: summary.uncertainShare })
    .filter(({ share }) => share >= 0.05)
    .sort((a, b) => b.share - a.share)
    .slice(0, 3)
    .map(({ name, share }) => `${name} ${formatShare(share)}`);
  return t('Share of the time: {parts}. {changes, plural, =0 {No change} one {# change} other {# changes}}.', { parts: formatList(parts), changes: summary.switches });
}
