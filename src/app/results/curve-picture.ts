import { EXPRESSIONS } from '../../engine/labels';
import type { TrackSeries } from '../../session/track-series';
import { expressionColor, expressionName, type ColorScheme } from '../../words/expression-style';
import { canvasToBlob } from '../files/canvas-blob';
import { paintTimeline, plotOf, type TimelineStyle } from './timeline-painter';
import { bridgedMs, clockTicks, type Span } from './timeline-view';

/** Pixels of the picture for each CSS pixel, so that it is sharp on paper and dense displays. */
const UNIT = 2;
const SIZE = { width: 960, height: 400 };
/** Room above the curves for the title and the legend, below them for the note. */
const HEAD = 76;
const FOOT = 28;
const MARGIN = 16;
const MOST_POINTS = 400;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

const STYLES: Readonly<Record<ColorScheme, Omit<TimelineStyle, 'unit'> & { readonly strong: string }>> = {
  light: { scheme: 'light', text: '#575a62', grid: '#dfdbd3', surface: '#ffffff', strong: '#1d1f23' },
  dark: { scheme: 'dark', text: '#a9b0b8', grid: '#343a40', surface: '#1b1e21', strong: '#eceef0' },
};

export interface CurvePicture {
  readonly title: string;
  /** What read it, and what it is not. */
  readonly note: string;
  readonly series: TrackSeries;
  readonly whole: Span;
  readonly intervalMs: number;
  readonly markersMs: readonly number[];
  readonly scheme: ColorScheme;
  readonly rightToLeft: boolean;
}

/** A person's seven curves over a session as a picture that stands alone: with its title, its colours in words, and a note. */
export function drawCurvePicture({ title, note, series, whole, intervalMs, markersMs, scheme, rightToLeft }: CurvePicture): HTMLCanvasElement {
  const { strong, ...colors } = STYLES[scheme];
  const style = { ...colors, unit: UNIT };
  const plot = canvasOf(SIZE.width, SIZE.height - HEAD - FOOT);
  const curves = series.read(whole.fromMs, whole.toMs, MOST_POINTS);
  const ticks = clockTicks(whole, plotOf({ width: SIZE.width, height: SIZE.height }).width);
  const view = { ...whole, ticks, markersMs, bridgedBuckets: Math.ceil(bridgedMs(intervalMs) / curves.bucketMs) };
  const plotContext = plot.getContext('2d');
  if (plotContext) paintTimeline(plotContext, plot, curves, view, style);

  const picture = canvasOf(SIZE.width, SIZE.height);
  const context = picture.getContext('2d', { alpha: false });
  if (!context) return picture;
  context.scale(UNIT, UNIT);
  context.fillStyle = colors.surface;
  context.fillRect(0, 0, SIZE.width, SIZE.height);
  context.drawImage(plot, 0, HEAD, SIZE.width, SIZE.height - HEAD - FOOT);
  context.direction = rightToLeft ? 'rtl' : 'ltr';
  context.textAlign = 'start';
  const [start, forward] = rightToLeft ? [SIZE.width - MARGIN, -1] : [MARGIN, 1];
  const room = SIZE.width - 2 * MARGIN;
  context.fillStyle = strong;
  context.font = fontOf(650, 18);
  context.fillText(title, start, 30, room);
  context.font = fontOf(400, 13);
  let x = start;
  for (const e of EXPRESSIONS) {
    context.fillStyle = expressionColor(e, scheme);
    context.fillRect(forward > 0 ? x : x - 14, 49, 14, 5);
    context.fillStyle = colors.text;
    context.fillText(expressionName(e), x + forward * 19, 56);
    x += forward * (19 + context.measureText(expressionName(e)).width + 18);
  }
  context.fillText(note, start, SIZE.height - 10, room);
  return picture;
}

export async function curvePictureFile(picture: CurvePicture, stem: string): Promise<File> {
  return new File([await canvasToBlob(drawCurvePicture(picture), 'image/png')], `${stem}-curves.png`, { type: 'image/png' });
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width * UNIT;
  canvas.height = height * UNIT;
  return canvas;
}

function fontOf(weight: number, px: number): string {
  return `${weight} ${px}px ${FONT}`;
}
