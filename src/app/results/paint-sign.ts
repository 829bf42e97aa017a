import type { Expression } from '../../engine/labels';
import { EXPRESSION_STYLE } from '../../words/expression-style';

const FONT = 'system-ui, sans-serif';

/** Draws an expression's sign centred on a point, `px` canvas pixels high, in the context's colour. */
export function paintSign(context: CanvasRenderingContext2D, expression: Expression, { x, y, px }: { readonly x: number; readonly y: number; readonly px: number }): void {
  context.font = `${px}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(EXPRESSION_STYLE[expression].sign, x, y);
}
