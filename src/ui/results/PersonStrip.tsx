import { useEffect, useRef } from 'react';
import { EXPRESSIONS } from '../../engine/labels';
import type { TrackSeries } from '../../session/track-series';
import { expressionColor } from '../../words/expression-style';
import { paintSign } from '../../app/results/paint-sign';
import { fitCanvas } from '../../app/results/timeline-canvas';
import { bridgedMs, type Span } from '../../app/results/timeline-view';
import { onPaper } from '../color-scheme';
import { useColorScheme, useSigns } from '../use-color-scheme';
import styles from './PeopleList.module.css';

interface Props {
  readonly series: TrackSeries | null;
  readonly whole: Span;
  readonly readMs: number;
  /** Time between two observations. */
  readonly intervalMs: number;
}

/** The strongest expression over time, as a strip in the expressions' colours. */
export function PersonStrip({ series, whole, readMs, intervalMs }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useColorScheme();
  const signs = useSigns();
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const draw = () => {
      fitCanvas(element);
      const { width, height } = element;
      context.clearRect(0, 0, width, height);
      if (!series || width === 0) return;
      const curves = series.read(whole.fromMs, readMs, Math.max(1, element.clientWidth / 2));
      const xOf = (ms: number) => ((ms - whole.fromMs) / Math.max(1, whole.toMs - whole.fromMs)) * width;
      const strongest = Array.from({ length: curves.length }, (_, bucket) =>
        strongestOf(curves.means.subarray(bucket * EXPRESSIONS.length, (bucket + 1) * EXPRESSIONS.length)),
      );
      let run = { fromPx: 0, toPx: 0, expression: strongest[0] ?? null };
      const runs = [run];
      strongest.forEach((expression, bucket) => {
        if (expression === null) return;
        // An observation lasts until the next one, unless that is overdue.
        const next = strongest.findIndex((each, later) => later > bucket && each !== null);
        const nextMs = next < 0 ? Infinity : (next - bucket) * curves.bucketMs;
        const lengthMs = nextMs <= Math.max(bridgedMs(intervalMs), curves.bucketMs) ? nextMs : Math.max(intervalMs, curves.bucketMs);
        const startMs = curves.startMs + bucket * curves.bucketMs;
        context.fillStyle = expressionColor(expression, scheme);
        // Half a pixel wider, so that no gap shows between two segments.
        const widthPx = Math.max(devicePixelRatio * 2, xOf(startMs + lengthMs) - xOf(startMs) + 0.5);
        context.fillRect(xOf(startMs), 0, widthPx, height);
        if (run.expression !== expression || xOf(startMs) > run.toPx + 1) runs.push((run = { fromPx: xOf(startMs), toPx: 0, expression }));
        run.toPx = xOf(startMs) + widthPx;
      });
      if (!signs) return;
      context.fillStyle = scheme === 'dark' ? '#000000' : '#ffffff';
      for (const { fromPx, toPx, expression } of runs) {
        if (expression !== null && toPx - fromPx >= height) paintSign(context, expression, { x: (fromPx + toPx) / 2, y: height / 2, px: height });
      }
    };
    const resizing = new ResizeObserver(draw);
    resizing.observe(element);
    // There is no next frame while printing.
    if (onPaper.getSnapshot()) draw();
    return () => resizing.disconnect();
  }, [series, whole, readMs, intervalMs, scheme, signs]);
  return <canvas ref={canvas} className={styles['strip']} aria-hidden="true" />;
}

function strongestOf(shares: Float32Array) {
  let best = 0;
  shares.forEach((share, i) => {
    if (share > (shares[best] ?? 0)) best = i;
  });
  return Number.isNaN(shares[0] ?? NaN) ? null : (EXPRESSIONS[best] ?? null);
}
