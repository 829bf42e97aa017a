import { EXPRESSIONS } from '../../engine/labels';
import type { DecimatedSeries } from '../../session/decimation';
import type { Size } from '../../engine/geometry';
import { EXPRESSION_STYLE, expressionColor, type ColorScheme } from '../expression-style';

/** How much of the past is shown. */
export const TIMELINE_SPAN_MS = 60_000;
/** 300 points across the timeline: more than a point per two pixels of a phone. */
export const TIMELINE_BUCKET_MS = 200;

export interface TimelineStyle {
  readonly scheme: ColorScheme;
  readonly text: string;
  readonly grid: string;
  readonly surface: string;
  /** Canvas pixels per CSS pixel. */
  readonly unit: number;
}

const FONT = "12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const MARGIN = { top: 8, right: 66, bottom: 22, left: 42 };
/** An expression that reaches this share now is named at the end of its curve. */
const NAMED_SHARE = 0.15;
const NAME_HEIGHT = 14;
const MOST_EMPTY_BUCKETS = 4;

/** Draws grid, axes and seven curves; the newest moment is at the right edge. Clears the canvas first. */
export function paintTimeline(
  context: CanvasRenderingContext2D,
  canvas: Size,
  series: DecimatedSeries,
  nowMs: number,
  style: TimelineStyle,
): void {
  const { unit } = style;
  const width = canvas.width / unit;
  const height = canvas.height / unit;
  const plot = {
    left: MARGIN.left,
    top: MARGIN.top,
    width: Math.max(1, width - MARGIN.left - MARGIN.right),
    height: Math.max(1, height - MARGIN.top - MARGIN.bottom),
  };
  const xOf = (ms: number) => plot.left + plot.width * (1 - (nowMs - ms) / TIMELINE_SPAN_MS);
  const yOf = (share: number) => plot.top + plot.height * (1 - share);

  context.setTransform(unit, 0, 0, unit, 0, 0);
  context.clearRect(0, 0, width, height);
  paintGrid(context, plot, xOf, yOf, nowMs, style);

  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top - 4, plot.width, plot.height + 8);
  context.clip();
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.lineWidth = 2;
  EXPRESSIONS.forEach((expression, i) => {
    context.strokeStyle = expressionColor(expression, style.scheme);
    context.beginPath();
    traceCurve(context, series, i, xOf, yOf);
    context.stroke();
  });
  context.restore();
  paintNames(context, plot, series, nowMs, xOf, yOf, style);
}

type Plot = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
type Scale = (value: number) => number;

function paintGrid(
  context: CanvasRenderingContext2D,
  plot: Plot,
  xOf: Scale,
  yOf: Scale,
  nowMs: number,
  { grid, text }: TimelineStyle,
): void {
  context.font = FONT;
  context.fillStyle = text;
  context.strokeStyle = grid;
  context.lineWidth = 1;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const share of [0, 0.5, 1]) {
    const y = Math.round(yOf(share)) + 0.5;
    context.beginPath();
    context.moveTo(plot.left, y);
    context.lineTo(plot.left + plot.width, y);
    context.stroke();
    context.fillText(`${share * 100}%`, plot.left - 6, y);
  }
  context.textBaseline = 'top';
  const spacing = plot.width < 320 ? 30 : 15;
  for (let ago = 60; ago >= 0; ago -= spacing) {
    const x = xOf(nowMs - ago * 1000);
    context.textAlign = ago === 60 ? 'left' : 'center';
    context.fillText(ago === 0 ? 'now' : `−${ago} s`, x, plot.top + plot.height + 7);
  }
}

/** One expression's curve; it breaks where nothing was observed for longer than a slow device needs for a frame. */
function traceCurve(context: CanvasRenderingContext2D, series: DecimatedSeries, index: number, xOf: Scale, yOf: Scale): void {
  let lastBucket = -Infinity;
  for (let bucket = 0; bucket < series.length; bucket++) {
    const share = series.means[bucket * EXPRESSIONS.length + index] ?? NaN;
    if (Number.isNaN(share)) continue;
    const x = xOf(series.startMs + (bucket + 0.5) * series.bucketMs);
    if (bucket - lastBucket > MOST_EMPTY_BUCKETS + 1) context.moveTo(x, yOf(share));
    // Also after `moveTo`: so a single point is a dot.
    context.lineTo(x, yOf(share));
    lastBucket = bucket;
  }
}

/** Names the strongest curves where they end, so that colour is not all there is to go by. */
function paintNames(
  context: CanvasRenderingContext2D,
  plot: Plot,
  series: DecimatedSeries,
  nowMs: number,
  xOf: Scale,
  yOf: Scale,
  { scheme, text, surface }: TimelineStyle,
): void {
  let last = series.length - 1;
  while (last >= 0 && Number.isNaN(series.means[last * EXPRESSIONS.length] ?? NaN)) last--;
  const endMs = series.startMs + (last + 0.5) * series.bucketMs;
  if (last < 0 || nowMs - endMs > 1000) return;
  const ends = EXPRESSIONS.map((expression, i) => ({ expression, share: series.means[last * EXPRESSIONS.length + i] ?? 0 }))
    .filter(({ share }) => share >= NAMED_SHARE)
    .sort((a, b) => b.share - a.share);
  context.font = `600 ${FONT}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const x = Math.min(xOf(endMs), plot.left + plot.width);
  let lowest = -Infinity;
  for (const { expression, share } of ends) {
    const y = Math.max(yOf(share), lowest + NAME_HEIGHT, plot.top + 2);
    lowest = y;
    context.beginPath();
    context.arc(x, yOf(share), 4, 0, 2 * Math.PI);
    context.fillStyle = expressionColor(expression, scheme);
    context.strokeStyle = surface;
    context.lineWidth = 1.5;
    context.fill();
    context.stroke();
    context.fillStyle = text;
    context.fillText(EXPRESSION_STYLE[expression].name, plot.left + plot.width + 9, y);
  }
}
