import { EXPRESSIONS, type Expression } from '../engine/labels';
import { expressionColor, type ColorScheme } from '../words/expression-style';

/** For CSS: `var(--expression-happy)`, right in either scheme. */
export function expressionColorVariable(expression: Expression): string {
  return `var(--expression-${expression})`;
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
