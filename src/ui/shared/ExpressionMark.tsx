import type { Expression } from '../../engine/labels';
import { expressionMark } from '../../export/expression-mark';
import { expressionColorVariable } from '../expression-style';

/** A line drawing of a face with an expression, in the expression's colour. */
export function ExpressionMark({ expression, className }: { readonly expression: Expression; readonly className: string | undefined }) {
  return (
    <svg className={className} viewBox="0 0 100 100" fill="none" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" style={{ stroke: expressionColorVariable(expression) }} aria-hidden="true">
      <path d={expressionMark(expression)} />
    </svg>
  );
}
