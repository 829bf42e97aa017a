import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react';
import type { Expression } from '../../engine/labels';
import type { Marker } from '../../session/session-info';
import type { TrackSeries } from '../../session/track-series';
import { formatClock } from '../../words/format';
import { onPaper } from '../color-scheme';
import { useColorScheme, useSigns } from '../use-color-scheme';
import { useLanguage } from '../use-language';
import type { Playhead } from '../../app/results/playhead';
import { momentWords } from '../../app/results/moment-words';
import { sizeCanvas, timelineStyle } from '../../app/results/timeline-canvas';
import { t } from '../../words/i18n';
import styles from './ExpressionTimeline.module.css';
import { paintTimeline, plotOf } from '../../app/results/timeline-painter';
import { TimelineTools } from './TimelineTools';
import { bridgedMs, clockTicks, following, moved, zoomed, type Span } from '../../app/results/timeline-view';
import { useTimelineGestures } from './use-timeline-gestures';

/** Horizontal resolution; more points would be less than two pixels apart on a phone. */
const MOST_POINTS = 400;
const ZOOM_FACTOR = 0.5;
/** Page Up and Page Down move by this many arrow-key steps, but at least this share of the view. */
const PAGE_STEPS = 10;
const PAGE_SHARE = 0.1;
/** Share of the view by which the shifted arrow keys pan. */
const PAN_SHARE = 0.25;
/** From this many observations per bucket, the mean hides short events. */
const CROWDED = 4;

interface Props {
  /** The person whose curves are drawn; null for none. */
  readonly series: TrackSeries | null;
  /** End of the observations so far; grows while a recording is analysed. */
  readonly readMs: number;
  readonly whole: Span;
  /** Time between two observations. */
  readonly intervalMs: number;
  readonly playhead: Playhead;
  readonly markers?: readonly Marker[];
}

const NO_MARKERS: readonly Marker[] = [];

/** The seven smoothed probabilities of one face over a whole recording; pressing the plot or an arrow key seeks. */
export function ExpressionTimeline({ series, readMs, whole, intervalMs, playhead, markers = NO_MARKERS }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const scheme = useColorScheme();
  const signs = useSigns();
  const language = useLanguage();
  const printed = useSyncExternalStore(onPaper.subscribe, onPaper.getSnapshot);
  const [hidden, setHidden] = useState<ReadonlySet<Expression>>(new Set());
  const [chosen, setChosen] = useState<Span | null>(null);
  const view = chosen ?? whole;
  const length = view.toMs - view.fromMs;
  const curves = useMemo(
    () => series?.read(view.fromMs, Math.max(view.fromMs, Math.min(view.toMs, readMs)), MOST_POINTS) ?? null,
    [series, readMs, view],
  );

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const draw = () => {
      const { unit, ...size } = sizeCanvas(element, printed);
      const ticks = clockTicks(view, plotOf(size).width);
      const bridgedBuckets = curves ? Math.ceil(bridgedMs(intervalMs) / curves.bucketMs) : 0;
      const peaks = curves !== null && curves.bucketMs >= CROWDED * intervalMs;
      const markersMs = markers.map(({ atMs }) => atMs);
      paintTimeline(context, element, curves, { ...view, ticks, bridgedBuckets, hidden, peaks, markersMs }, { ...timelineStyle(element, scheme, signs), unit });
    };
    const resizing = new ResizeObserver(draw);
    resizing.observe(element);
    // There is no next frame while printing.
    if (printed) draw();
    return () => resizing.disconnect();
  }, [curves, view, hidden, intervalMs, markers, scheme, signs, language, printed]);

  useEffect(() => {
    const show = () => {
      const { current: line } = cursor;
      const { current: bar } = slider;
      if (!line || !bar) return;
      const ms = playhead.timeMs;
      const plot = plotOf({ width: bar.clientWidth, height: bar.clientHeight });
      const share = view.toMs > view.fromMs ? (ms - view.fromMs) / (view.toMs - view.fromMs) : 0;
      line.style.translate = `${plot.left + plot.width * share}px`;
      line.hidden = share < 0 || share > 1;
      bar.setAttribute('aria-valuenow', String(Math.round(ms)));
      bar.setAttribute('aria-valuetext', `${t('{now} of {end}', { now: formatClock(ms, 1), end: formatClock(whole.toMs, 1) })}. ${momentWords(series, ms, intervalMs)}`);
    };
    const resizing = new ResizeObserver(show);
    if (slider.current) resizing.observe(slider.current);
    const leave = playhead.subscribe(() => {
      show();
      // Scrolls only when the playhead moves, so that the user can look elsewhere in the meantime.
      setChosen((span) => span && following(span, whole, playhead.timeMs));
    });
    return () => {
      resizing.disconnect();
      leave();
    };
  }, [playhead, view, whole, series, intervalMs, language]);

  const zoom = (factor: number, aroundMs = Math.min(view.toMs, Math.max(view.fromMs, playhead.timeMs))) => {
    const next = zoomed(view, whole, factor, aroundMs);
    setChosen(next.toMs - next.fromMs < whole.toMs - whole.fromMs ? next : null);
  };
  const pan = (byMs: number) => setChosen((span) => span && moved(span, whole, byMs));
  const seek = (ms: number) => playhead.seek(Math.min(whole.toMs, Math.max(whole.fromMs, ms)));
  const step = (steps: number) => seek(playhead.timeMs + steps * intervalMs);
  const turnPage = (pages: number) => seek(playhead.timeMs + pages * Math.max(PAGE_STEPS * intervalMs, PAGE_SHARE * length));
  const onKeyDown = (event: KeyboardEvent) => {
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => (event.shiftKey ? pan(-PAN_SHARE * length) : step(-1)),
      ArrowRight: () => (event.shiftKey ? pan(PAN_SHARE * length) : step(1)),
      ArrowDown: () => step(-1),
      ArrowUp: () => step(1),
      PageDown: () => turnPage(-1),
      PageUp: () => turnPage(1),
      Home: () => seek(whole.fromMs),
      End: () => seek(whole.toMs),
      '+': () => zoom(ZOOM_FACTOR),
      '=': () => zoom(ZOOM_FACTOR),
      '-': () => zoom(1 / ZOOM_FACTOR),
      '0': () => setChosen(null),
    };
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  const timeAt = (clientX: number) => {
    const bounds = slider.current?.getBoundingClientRect();
    if (!bounds) return view.fromMs;
    const plot = plotOf(bounds);
    return view.fromMs + ((clientX - bounds.left - plot.left) / plot.width) * length;
  };
  const gestures = useTimelineGestures(slider, {
    onSeek: (clientX) => seek(timeAt(clientX)),
    onZoom: (factor, clientX) => zoom(factor, timeAt(clientX)),
    onPan: (byPx) => pan(timeAt(byPx) - timeAt(0)),
  });

  return (
    <div className={styles['timeline']}>
      <TimelineTools hidden={hidden} onHidden={setHidden} zoomed={chosen !== null} onZoom={zoom} onFit={() => setChosen(null)} />
      <div
        ref={slider}
        className={styles['plot']}
        role="slider"
        tabIndex={0}
        aria-label={t('Timeline')}
        aria-valuemin={Math.round(whole.fromMs)}
        aria-valuemax={Math.round(whole.toMs)}
        aria-valuenow={Math.round(whole.fromMs)}
        onKeyDown={onKeyDown}
        {...gestures}
      >
        <canvas ref={canvas} data-testid="expression-timeline" />
        <div ref={cursor} className={styles['cursor']} data-unprinted />
      </div>
    </div>
  );
}
