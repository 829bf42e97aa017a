import type { Size } from '../../engine/geometry';
import type { ColorScheme } from '../../words/expression-style';
import type { TimelineStyle } from './timeline-painter';

/** Style values that a painter needs from the page. */
export function timelineStyle(canvas: HTMLCanvasElement, scheme: ColorScheme, signs: boolean): TimelineStyle {
  const css = getComputedStyle(canvas);
  return {
    scheme,
    signs,
    text: css.getPropertyValue('--color-text-muted'),
    grid: css.getPropertyValue('--color-line'),
    surface: css.getPropertyValue('--color-surface'),
    unit: devicePixelRatio,
  };
}

/** Printable width of A4, CSS pixels. */
export const PAPER_WIDTH = 680;
/** Size of printed curves, CSS pixels: they are laid out for paper, not scaled to it. */
const PAPER_PLOT: Size = { width: PAPER_WIDTH, height: 150 };
/** Canvas pixels per CSS pixel on paper: 288 dpi. */
export const PAPER_UNIT = 3;

/** Sizes the canvas for paper or its place on screen; returns its CSS size and canvas pixels per CSS pixel. */
export function sizeCanvas(canvas: HTMLCanvasElement, onPaper: boolean): Size & { readonly unit: number } {
  if (onPaper) {
    canvas.width = PAPER_PLOT.width * PAPER_UNIT;
    canvas.height = PAPER_PLOT.height * PAPER_UNIT;
    return { ...PAPER_PLOT, unit: PAPER_UNIT };
  }
  fitCanvas(canvas);
  return { width: canvas.clientWidth, height: canvas.clientHeight, unit: devicePixelRatio };
}

/** Matches the canvas resolution to its size on screen. Setting a size clears the canvas, so only a changed one is set. */
export function fitCanvas(canvas: HTMLCanvasElement): void {
  const width = Math.round(canvas.clientWidth * devicePixelRatio);
  const height = Math.round(canvas.clientHeight * devicePixelRatio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
