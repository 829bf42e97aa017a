import type { ColorScheme } from '../../words/expression-style';
import type { TimelineStyle } from './timeline-painter';

/** What a painter needs to know of the page around the canvas. */
export function timelineStyle(canvas: HTMLCanvasElement, scheme: ColorScheme): TimelineStyle {
  const css = getComputedStyle(canvas);
  return {
    scheme,
    text: css.getPropertyValue('--color-text-muted'),
    grid: css.getPropertyValue('--color-line'),
    surface: css.getPropertyValue('--color-surface'),
    unit: devicePixelRatio,
  };
}

/** Gives the canvas the pixels that it covers on the screen. Setting a size clears it, so only a new one is set. */
export function fitCanvas(canvas: HTMLCanvasElement): void {
  const width = Math.round(canvas.clientWidth * devicePixelRatio);
  const height = Math.round(canvas.clientHeight * devicePixelRatio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
