import { EXPRESSIONS, type Expression } from '../../engine/labels';
import type { DecimatedSeries } from '../../session/decimation';
import type { Size } from '../../engine/geometry';
import { EXPRESSION_STYLE, expressionColor, expressionName, type ColorScheme } from '../../words/expression-style';
import { formatPercent } from '../../words/format';

export interface TimelineStyle {
  readonly scheme: ColorScheme;
  /** Marks curves with their expressions' signs, for people who cannot rely on colours. */
  readonly signs: boolean;
  readonly text: string;
  readonly grid: string;
  readonly surface: string;
  /** Canvas pixels per CSS pixel. */
  readonly unit: number;
}

/** A labelled time on the axis. */
export interface TimelineTick {
  readonly atMs: number;
  readonly text: string;
}

export interface TimelineView {
  readonly fromMs: number;
  readonly toMs: number;
  readonly ticks: readonly TimelineTick[];
  /** Number of empty buckets that a curve bridges. */
  readonly bridgedBuckets: number;
  /** Omitted curves; default: none. */
  readonly hidden?: ReadonlySet<Expression>;
  /** Shades from each bucket's mean to its maximum, since brief peaks vanish where a bucket averages many observations. */
  readonly peaks?: boolean;
  /** Times of marker flags. */
  readonly markersMs?: readonly number[];
}

const FONT = "12px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const MARGIN = { top: 8, right: 66, bottom: 22, left: 42 };
/** Share from which an expression is named at the end of its curve. */
const NAMED_SHARE = 0.15;
const NAME_HEIGHT = 14;
const LINE_WIDTH = 2;
/** Line width of a curve that rises and falls within a few pixels: shows more detail than a thicker line, in a quarter of the time. */
const DENSE_LINE_WIDTH = 1;
/** Spacing of a curve's signs, CSS pixels, and their font. */
const SIGN = { everyPx: 98, font: FONT };
/** Buckets per stroke: software rendering is slow for one long self-intersecting path. */
const STROKE_BUCKETS = 16;
const PEAK_ALPHA = 0.16;
/** Smaller peaks would only blur the curve. */
const LEAST_PEAK = 0.05;
/** Flags closer than this on average, CSS pixels, have no poles. */
const DENSE_FLAG_PX = 8;
/** A curve that ended longer ago than this share of the view is not named. */
const ENDED_SHARE = 1 / 60;

/** Plot area, CSS pixels. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** @param size of the canvas, CSS pixels. */
export function plotOf(size: Size): Plot {
  return {
    left: MARGIN.left,
    top: MARGIN.top,
    width: Math.max(1, size.width - MARGIN.left - MARGIN.right),
    height: Math.max(1, size.height - MARGIN.top - MARGIN.bottom),
  };
}

/** Clears the canvas and draws grid, axes and, if there is data, seven curves. */
export function paintTimeline(
  context: CanvasRenderingContext2D,
  canvas: Size,
  series: DecimatedSeries | null,
  view: TimelineView,
  style: TimelineStyle,
): void {
  const { unit } = style;
  const size = { width: canvas.width / unit, height: canvas.height / unit };
  const plot = plotOf(size);
  const xOf = (ms: number) => plot.left + (plot.width * (ms - view.fromMs)) / (view.toMs - view.fromMs);
  const yOf = (share: number) => plot.top + plot.height * (1 - share);

  context.setTransform(unit, 0, 0, unit, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  paintGrid(context, plot, xOf, yOf, view, style);
  paintMarkers(context, plot, xOf, view, style);
  if (!series) return;

  context.save();
  context.beginPath();
  context.rect(plot.left, plot.top - 4, plot.width, plot.height + 8);
  context.clip();
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.lineWidth = view.peaks ? DENSE_LINE_WIDTH : LINE_WIDTH;
  EXPRESSIONS.forEach((expression, i) => {
    if (view.hidden?.has(expression)) return;
    context.strokeStyle = expressionColor(expression, style.scheme);
    if (view.peaks) paintPeaks(context, series, i, xOf, yOf);
    paintCurve(context, series, i, view.bridgedBuckets, xOf, yOf);
  });
  context.restore();
  if (style.signs) paintSigns(context, series, xOf, yOf, view, style);
  paintNames(context, plot, series, xOf, yOf, view, style);
}

type Scale = (value: number) => number;

function paintGrid(
  context: CanvasRenderingContext2D,
  plot: Plot,
  xOf: Scale,
  yOf: Scale,
  { ticks }: TimelineView,
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
    context.fillText(formatPercent(share, 0), plot.left - 6, y);
  }
  context.textBaseline = 'top';
  for (const { atMs, text: words } of ticks) {
    const x = xOf(atMs);
    // A label that would overlap the axis on its left is left-aligned.
    const half = context.measureText(words).width / 2;
    context.textAlign = x - half < plot.left ? 'left' : 'center';
    context.fillText(words, Math.max(plot.left, x), plot.top + plot.height + 7);
  }
}

function paintMarkers(context: CanvasRenderingContext2D, plot: Plot, xOf: Scale, { markersMs = [], fromMs, toMs }: TimelineView, { text }: TimelineStyle): void {
  context.strokeStyle = text;
  context.fillStyle = text;
  context.lineWidth = 1;
  // One flag at each place: thousands would take a long task.
  const places = new Set(markersMs.filter((ms) => ms >= fromMs && ms <= toMs).map((ms) => Math.round(xOf(ms)) + 0.5));
  // The poles of dense flags would hide the curves.
  const foot = places.size * DENSE_FLAG_PX > plot.width ? plot.top + 1 : plot.top + plot.height;
  for (const x of places) {
    context.beginPath();
    context.moveTo(x, foot);
    context.lineTo(x, plot.top - 6);
    context.lineTo(x + 7, plot.top - 2.5);
    context.lineTo(x, plot.top + 1);
    context.stroke();
    context.fill();
  }
}

/** Shades from each bucket's mean to its maximum. */
function paintPeaks(context: CanvasRenderingContext2D, { startMs, bucketMs, length, means, peaks }: DecimatedSeries, index: number, xOf: Scale, yOf: Scale): void {
  context.save();
  context.globalAlpha = PEAK_ALPHA;
  context.fillStyle = context.strokeStyle;
  const width = Math.max(1, xOf(bucketMs) - xOf(0));
  for (let bucket = 0; bucket < length; bucket++) {
    const at = bucket * EXPRESSIONS.length + index;
    const [mean = NaN, peak = NaN] = [means[at], peaks[at]];
    if (Number.isNaN(mean) || peak - mean < LEAST_PEAK) continue;
    const x = xOf(startMs + (bucket + 0.5) * bucketMs);
    // Separate rectangles: without a GPU, a single path takes six times as long for an hour.
    context.fillRect(x - width / 2, yOf(peak), width, yOf(mean) - yOf(peak));
  }
  context.restore();
}

/** One expression's curve, with breaks at gaps longer than `bridgedBuckets`. */
function paintCurve(
  context: CanvasRenderingContext2D,
  series: DecimatedSeries,
  index: number,
  bridgedBuckets: number,
  xOf: Scale,
  yOf: Scale,
): void {
  let lastBucket = -Infinity;
  context.beginPath();
  for (let bucket = 0; bucket < series.length; bucket++) {
    const share = series.means[bucket * EXPRESSIONS.length + index] ?? NaN;
    if (Number.isNaN(share)) continue;
    const x = xOf(series.startMs + (bucket + 0.5) * series.bucketMs);
    if (bucket - lastBucket > bridgedBuckets + 1) context.moveTo(x, yOf(share));
    // Also after `moveTo`, so that a single point becomes a dot.
    context.lineTo(x, yOf(share));
    lastBucket = bucket;
    if (bucket % STROKE_BUCKETS !== 0) continue;
    context.stroke();
    context.beginPath();
    context.moveTo(x, yOf(share));
  }
  context.stroke();
}

/** Repeats each curve's sign along it, offset so that coinciding curves show all signs side by side. Signs move with time. */
function paintSigns(
  context: CanvasRenderingContext2D,
  { startMs, bucketMs, length, means }: DecimatedSeries,
  xOf: Scale,
  yOf: Scale,
  { hidden }: TimelineView,
  { scheme, surface }: TimelineStyle,
): void {
  const everyMs = (SIGN.everyPx * bucketMs) / Math.max(1e-9, xOf(bucketMs) - xOf(0));
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 2;
  context.font = SIGN.font;
  context.strokeStyle = surface;
  EXPRESSIONS.forEach((expression, i) => {
    if (hidden?.has(expression)) return;
    context.fillStyle = expressionColor(expression, scheme);
    const turn = (bucket: number) => Math.floor((startMs + bucket * bucketMs) / everyMs + i / EXPRESSIONS.length);
    for (let bucket = 0; bucket < length; bucket++) {
      const share = means[bucket * EXPRESSIONS.length + i] ?? NaN;
      if (Number.isNaN(share) || turn(bucket) === turn(bucket + 1)) continue;
      const [x, y] = [xOf(startMs + (bucket + 0.5) * bucketMs), yOf(share)];
      context.strokeText(EXPRESSION_STYLE[expression].sign, x, y);
      context.fillText(EXPRESSION_STYLE[expression].sign, x, y);
    }
  });
}

/** Names the strongest curves at their ends, so that they do not rely on colour alone. */
function paintNames(
  context: CanvasRenderingContext2D,
  plot: Plot,
  series: DecimatedSeries,
  xOf: Scale,
  yOf: Scale,
  { fromMs, toMs, hidden }: TimelineView,
  { scheme, text, surface }: TimelineStyle,
): void {
  let last = series.length - 1;
  while (last >= 0 && Number.isNaN(series.means[last * EXPRESSIONS.length] ?? NaN)) last--;
  const endMs = series.startMs + (last + 0.5) * series.bucketMs;
  if (last < 0 || toMs - endMs > Math.max(series.bucketMs, ENDED_SHARE * (toMs - fromMs))) return;
  const ends = EXPRESSIONS.map((expression, i) => ({ expression, share: series.means[last * EXPRESSIONS.length + i] ?? 0 }))
    .filter(({ expression, share }) => share >= NAMED_SHARE && !hidden?.has(expression))
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
    context.fillText(expressionName(expression), plot.left + plot.width + 9, y);
  }
}
