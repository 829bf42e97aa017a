import type { CSSProperties } from 'react';
import { EXPRESSIONS, type Expression } from '../engine/labels';
import { EXPRESSION_STYLE, expressionColor, type ColorScheme } from '../words/expression-style';

/** CSS colour of an expression, valid in both schemes: `var(--expression-happy)`. */
export function expressionColorVariable(expression: Expression): string {
  return `var(--expression-${expression})`;
}

/** Attributes of an area in an expression's colour, with its sign for when colours are not distinguishable (`theme.css`). */
export function expressionFill(expression: Expression, style?: CSSProperties): { readonly 'data-sign': string; readonly style: CSSProperties } {
  return { 'data-sign': EXPRESSION_STYLE[expression].sign, style: { ...style, background: expressionColorVariable(expression) } };
}

/** Sets the scheme and its expression colours on the root element, without transition: colours halfway between two schemes are legible in neither. */
export function applyColorScheme(root: HTMLElement, scheme: ColorScheme): void {
  root.dataset['switching'] = '';
  root.dataset['theme'] = scheme;
  for (const e of EXPRESSIONS) root.style.setProperty(`--expression-${e}`, expressionColor(e, scheme));
  // Forces a style computation while transitions are disabled.
  getComputedStyle(root).getPropertyValue('color');
  delete root.dataset['switching'];
}
