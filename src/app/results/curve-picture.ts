import type { Size } from '../../engine/geometry';
import { EXPRESSIONS } from '../../engine/labels';
import type { TrackSeries } from '../../session/track-series';
import { EXPRESSION_STYLE, expressionColor, expressionName, type ColorScheme } from '../../words/expression-style';
import { canvasToBlob } from '../files/canvas-blob';
import { paintTimeline, plotOf, type TimelineStyle } from './timeline-painter';
import { bridgedMs, clockTicks, type Span } from './timeline-view';

/** Canvas pixels per CSS pixel, for sharpness on high-density displays. */
const UNIT = 2;
const SIZE: Size = { width: 960, height: 400 };
/** Space above the curves for title and legend, and below for the note. */
const HEAD = 76;
const FOOT = 28;
const MARGIN = 16;
/** Space for a colour before its name, and after the name. */
const SWATCH = 19;
const LEGEND_GAP = 18;
const MOST_POINTS = 400;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

const STYLES: Readonly<Record<ColorScheme, Omit<TimelineStyle, 'unit' | 'signs'> & { readonly strong: string }>> = {
  light: { scheme: 'light', text: '#575a62', grid: '#dfdbd3', surface: '#ffffff', strong: '#1d1f23' },
  dark: { scheme: 'dark', text: '#a9b0b8', grid: '#343a40', surface: '#1b1e21', strong: '#eceef0' },
};

export interface CurvePicture {
  readonly title: string;
  /** Names the model and the limits of the result; null if that is stated next to the picture. */
  readonly note: string | null;
  readonly series: TrackSeries;
  readonly whole: Span;
  readonly intervalMs: number;
  readonly markersMs: readonly number[];
  readonly scheme: ColorScheme;
  readonly rightToLeft: boolean;
  /** Draws expressions' signs on curves and in the legend, where colours may not be distinguishable. */
  readonly signs: boolean;
  /** Size in CSS pixels, and canvas pixels per CSS pixel; default: for a screen. */
  readonly size?: Size;
  readonly unit?: number;
}

/** A person's seven curves over a session as a self-contained picture, with title, legend and note. */
export function drawCurvePicture({ title, note, series, whole, intervalMs, markersMs, scheme, rightToLeft, signs, size = SIZE, unit = UNIT }: CurvePicture): HTMLCanvasElement {
  const foot = note === null ? 0 : FOOT;
  const { strong, ...colors } = STYLES[scheme];
  const style = { ...colors, unit, signs };
  const plot = canvasOf({ width: size.width, height: size.height - HEAD - foot }, unit);
  const curves = series.read(whole.fromMs, whole.toMs, MOST_POINTS);
  const ticks = clockTicks(whole, plotOf(size).width);
  const view = { ...whole, ticks, markersMs, bridgedBuckets: Math.ceil(bridgedMs(intervalMs) / curves.bucketMs) };
  const plotContext = plot.getContext('2d');
  if (plotContext) paintTimeline(plotContext, plot, curves, view, style);

  const picture = canvasOf(size, unit);
  const context = picture.getContext('2d', { alpha: false });
  if (!context) return picture;
  context.scale(unit, unit);
  context.fillStyle = colors.surface;
  context.fillRect(0, 0, size.width, size.height);
  context.drawImage(plot, 0, HEAD, size.width, size.height - HEAD - foot);
  context.direction = rightToLeft ? 'rtl' : 'ltr';
  context.textAlign = 'start';
  const [start, forward] = rightToLeft ? [size.width - MARGIN, -1] : [MARGIN, 1];
  const room = size.width - 2 * MARGIN;
  context.fillStyle = strong;
  context.font = fontOf(650, 18);
  context.fillText(title, start, 30, room);
  context.font = fontOf(400, 13);
  const names = EXPRESSIONS.map((e) => context.measureText(expressionName(e)).width + SWATCH + LEGEND_GAP).reduce((sum, width) => sum + width);
  // Shrinks the legend to one line, for long names and narrow paper.
  const fitting = Math.min(1, room / (names - LEGEND_GAP));
  context.font = fontOf(400, 13 * fitting);
  let x = start;
  for (const e of EXPRESSIONS) {
    context.fillStyle = expressionColor(e, scheme);
    context.fillRect(forward > 0 ? x : x - 14, 49, 14, 5);
    if (signs) context.fillText(EXPRESSION_STYLE[e].sign, forward > 0 ? x + 1 : x - 1, 56);
    context.fillStyle = colors.text;
    context.fillText(expressionName(e), x + forward * SWATCH, 56);
    x += forward * (SWATCH + context.measureText(expressionName(e)).width + LEGEND_GAP * fitting);
  }
  if (note !== null) context.fillText(note, start, size.height - 10, room);
  return picture;
}

export async function curvePictureFile(picture: CurvePicture, stem: string): Promise<File> {
  return new File([await canvasToBlob(drawCurvePicture(picture), 'image/png')], `${stem}-curves.png`, { type: 'image/png' });
}

function canvasOf({ width, height }: Size, unit: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width * unit;
  canvas.height = height * unit;
  return canvas;
}

function fontOf(weight: number, px: number): string {
  return `${weight} ${px}px ${FONT}`;
}
