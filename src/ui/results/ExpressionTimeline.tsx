import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { EXPRESSIONS, type Expression } from '../../engine/labels';
import type { TrackSeries } from '../../session/track-series';
import { EXPRESSION_STYLE, expressionColorVariable } from '../expression-style';
import { formatClock } from '../format';
import { Button } from '../shared/Button';
import { useColorScheme } from '../use-color-scheme';
import { FitIcon, ZoomInIcon, ZoomOutIcon } from './icons';
import type { Playhead } from './playhead';
import { fitCanvas, timelineStyle } from './timeline-canvas';
import styles from './ExpressionTimeline.module.css';
import { paintTimeline, plotOf } from './timeline-painter';
import { clockTicks, following, moved, zoomed, type Span } from './timeline-view';

/** Points across the timeline; more would lie closer than two pixels of a phone. */
const MOST_POINTS = 400;
const ZOOM_FACTOR = 0.5;
const PAGE = 10;
/** Frames may come a little later than their rate promises. */
const BRIDGED_INTERVALS = 1.5;

interface Props {
  /** Whose curves; null: nobody's. */
  readonly series: TrackSeries | null;
  /** Up to where there are observations; it grows while a recording is read. */
  readonly readMs: number;
  readonly whole: Span;
  /** Time between two observations. */
  readonly intervalMs: number;
  readonly playhead: Playhead;
}

/** The seven smoothed probabilities of one face over a whole recording; a press or an arrow key goes there. */
export function ExpressionTimeline({ series, readMs, whole, intervalMs, playhead }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cursor = useRef<HTMLDivElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const scheme = useColorScheme();
  const [hidden, setHidden] = useState<ReadonlySet<Expression>>(new Set());
  const [chosen, setChosen] = useState<Span | null>(null);
  const view = chosen ?? whole;
  const curves = useMemo(
    () => series?.read(view.fromMs, Math.max(view.fromMs, Math.min(view.toMs, readMs)), MOST_POINTS) ?? null,
    [series, readMs, view],
  );

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const draw = () => {
      fitCanvas(element);
      const ticks = clockTicks(view, plotOf({ width: element.clientWidth, height: element.clientHeight }).width);
      const bridgedBuckets = curves ? Math.ceil((BRIDGED_INTERVALS * intervalMs) / curves.bucketMs) : 0;
      paintTimeline(context, element, curves, { ...view, ticks, bridgedBuckets, hidden }, timelineStyle(element, scheme));
    };
    const resizing = new ResizeObserver(draw);
    resizing.observe(element);
    return () => resizing.disconnect();
  }, [curves, view, hidden, intervalMs, scheme]);

  useEffect(() => {
    const show = () => {
      const { current: line } = cursor;
      const { current: bar } = slider;
      if (!line || !bar) return;
      const ms = playhead.timeMs;
      setChosen((span) => span && following(span, whole, ms));
      const plot = plotOf({ width: bar.clientWidth, height: bar.clientHeight });
      const share = view.toMs > view.fromMs ? (ms - view.fromMs) / (view.toMs - view.fromMs) : 0;
      line.style.translate = `${plot.left + plot.width * share}px`;
      line.hidden = share < 0 || share > 1;
      bar.setAttribute('aria-valuenow', String(Math.round(ms)));
      bar.setAttribute('aria-valuetext', `${formatClock(ms, 1)} of ${formatClock(whole.toMs, 1)}`);
    };
    show();
    const resizing = new ResizeObserver(show);
    if (slider.current) resizing.observe(slider.current);
    const leave = playhead.subscribe(show);
    return () => {
      resizing.disconnect();
      leave();
    };
  }, [playhead, view, whole]);

  const zoom = (factor: number) => {
    const next = zoomed(view, whole, factor, Math.min(view.toMs, Math.max(view.fromMs, playhead.timeMs)));
    setChosen(next.toMs - next.fromMs < whole.toMs - whole.fromMs ? next : null);
  };
  const seek = (ms: number) => playhead.seek(Math.min(whole.toMs, Math.max(whole.fromMs, ms)));
  const onKeyDown = (event: KeyboardEvent) => {
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => seek(playhead.timeMs - intervalMs),
      ArrowRight: () => seek(playhead.timeMs + intervalMs),
      ArrowDown: () => seek(playhead.timeMs - intervalMs),
      ArrowUp: () => seek(playhead.timeMs + intervalMs),
      PageDown: () => seek(playhead.timeMs - PAGE * intervalMs),
      PageUp: () => seek(playhead.timeMs + PAGE * intervalMs),
      Home: () => seek(whole.fromMs),
      End: () => seek(whole.toMs),
      '+': () => zoom(ZOOM_FACTOR),
      '-': () => zoom(1 / ZOOM_FACTOR),
      '0': () => setChosen(null),
    };
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  const onPointer = (event: PointerEvent<HTMLElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const bounds = event.currentTarget.getBoundingClientRect();
    const plot = plotOf(bounds);
    seek(view.fromMs + ((event.clientX - bounds.left - plot.left) / plot.width) * (view.toMs - view.fromMs));
  };
  useWheel(slider, (event) => {
    const { deltaX, deltaY, ctrlKey, metaKey } = event;
    const sideways = Math.abs(deltaX) > Math.abs(deltaY);
    if (!ctrlKey && !metaKey && !sideways) return;
    event.preventDefault();
    if (sideways) setChosen((span) => span && moved(span, whole, (deltaX / 500) * (span.toMs - span.fromMs)));
    else zoom(deltaY < 0 ? 0.8 : 1.25);
  });

  return (
    <div className={styles['timeline']}>
      <div className={styles['tools']}>
        <ul className={styles['legend']} aria-label="Curves">
          {EXPRESSIONS.map((e) => (
            <li key={e}>
              <ToggleButton
                className={styles['toggle'] ?? ''}
                isSelected={!hidden.has(e)}
                onChange={(shown) => setHidden(new Set(EXPRESSIONS.filter((each) => (each === e ? !shown : hidden.has(each)))))}
              >
                <span style={{ background: expressionColorVariable(e) }} />
                {EXPRESSION_STYLE[e].name}
              </ToggleButton>
            </li>
          ))}
        </ul>
        <div className={styles['zoom']} role="group" aria-label="Zoom">
          <Button variant="quiet" icon aria-label="Zoom out" isDisabled={chosen === null} onPress={() => zoom(1 / ZOOM_FACTOR)}>
            <ZoomOutIcon />
          </Button>
          <Button variant="quiet" icon aria-label="Zoom in" onPress={() => zoom(ZOOM_FACTOR)}>
            <ZoomInIcon />
          </Button>
          <Button variant="quiet" icon aria-label="Show all" isDisabled={chosen === null} onPress={() => setChosen(null)}>
            <FitIcon />
          </Button>
        </div>
      </div>
      <div
        ref={slider}
        className={styles['plot']}
        role="slider"
        tabIndex={0}
        aria-label="Timeline"
        aria-valuemin={Math.round(whole.fromMs)}
        aria-valuemax={Math.round(whole.toMs)}
        aria-valuenow={Math.round(whole.fromMs)}
        onKeyDown={onKeyDown}
        onPointerDown={onPointer}
        onPointerMove={onPointer}
      >
        <canvas ref={canvas} data-testid="expression-timeline" />
        <div ref={cursor} className={styles['cursor']} />
      </div>
    </div>
  );
}

/** React listens to the wheel passively, and could not keep the page from zooming. */
function useWheel(target: RefObject<HTMLElement | null>, onWheel: (event: WheelEvent) => void): void {
  const latest = useRef(onWheel);
  useEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const element = target.current;
    const listener = (event: WheelEvent) => latest.current(event);
    element?.addEventListener('wheel', listener, { passive: false });
    return () => element?.removeEventListener('wheel', listener);
  }, [target]);
}
