import type { Size } from '../../engine/geometry';
import type { ColorScheme } from '../../words/expression-style';
import type { TimelineStyle } from './timeline-painter';

/** What a painter needs to know of the page around the canvas. */
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

/** Width of what is printed, CSS pixels: an A4 page within its margins. */
export const PAPER_WIDTH = 680;
/** Curves on paper, CSS pixels: they are laid out for its width, not scaled to it. */
const PAPER_PLOT: Size = { width: PAPER_WIDTH, height: 150 };
/** Pixels for each CSS pixel on paper: 288 an inch. */
export const PAPER_UNIT = 3;

/** Sizes the canvas for paper or for where it stands on the screen, and gives its size in CSS pixels and the pixels for each. */
export function sizeCanvas(canvas: HTMLCanvasElement, onPaper: boolean): Size & { readonly unit: number } {
  if (onPaper) {
    canvas.width = PAPER_PLOT.width * PAPER_UNIT;
    canvas.height = PAPER_PLOT.height * PAPER_UNIT;
    return { ...PAPER_PLOT, unit: PAPER_UNIT };
  }
  fitCanvas(canvas);
  return { width: canvas.clientWidth, height: canvas.clientHeight, unit: devicePixelRatio };
}

/** Gives the canvas the pixels that it covers on the screen. Setting a size clears it, so only a new one is set. */
export function fitCanvas(canvas: HTMLCanvasElement): void {
  const width = Math.round(canvas.clientWidth * devicePixelRatio);
  const height = Math.round(canvas.clientHeight * devicePixelRatio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
