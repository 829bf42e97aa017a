import type { CSSProperties } from 'react';
import { EXPRESSIONS, type Expression } from '../engine/labels';
import { EXPRESSION_STYLE, expressionColor, type ColorScheme } from '../words/expression-style';

/** For CSS: `var(--expression-happy)`, right in either scheme. */
export function expressionColorVariable(expression: Expression): string {
  return `var(--expression-${expression})`;
}

/** An area that stands for an expression: in its colour, and with its sign where the page's colours are not all seen (`theme.css`). */
export function expressionFill(expression: Expression, style?: CSSProperties): { readonly 'data-sign': string; readonly style: CSSProperties } {
  return { 'data-sign': EXPRESSION_STYLE[expression].sign, style: { ...style, background: expressionColorVariable(expression) } };
}

/** Sets the scheme and its expression colours on the page's root: at once, since colours half-way between two schemes are legible in neither. */
export function applyColorScheme(root: HTMLElement, scheme: ColorScheme): void {
  root.dataset['switching'] = '';
  root.dataset['theme'] = scheme;
  for (const e of EXPRESSIONS) root.style.setProperty(`--expression-${e}`, expressionColor(e, scheme));
  // Has the new styles computed while no transition may start.
  getComputedStyle(root).getPropertyValue('color');
  delete root.dataset['switching'];
}
