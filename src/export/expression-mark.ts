import type { Expression } from '../engine/labels';

/** A line drawing of a face in a 100-unit square, as unfilled SVG path data. */
const HEAD = circle(50, 50, 44);
const EYES = dots(46, 4);

/** Brows, eyes and mouth of each expression, in as few lines as distinguish the seven. */
const FEATURES: Readonly<Record<Expression, string>> = {
  neutral: `${EYES}M28 34h14M58 34h14M36 68h28`,
  happy: `M27 47q8-9 16 0M57 47q8-9 16 0M27 60q23 32 46 0z`,
  surprise: `${dots(46, 6)}M26 27q8-7 16 0M58 27q8-7 16 0${oval(50, 71, 8, 11)}`,
  sad: `${EYES}M26 38l16-7M74 38l-16-7M35 74q15-14 30 0M69 55q5 8 0 9t0-9`,
  angry: `${dots(49, 4)}M26 31l17 9M74 31l-17 9M36 72q14-9 28 0`,
  disgust: `M28 49l7-4 7 4M72 49l-7-4-7 4M27 36l15 4M73 36l-15 4M46 56l-3 4M54 56l3 4M34 74q8-13 16-5 8 7 17-6`,
  fear: `${dots(47, 7)}${dots(47, 1)}M26 33l14-7M74 33l-14-7M31 74q4-10 19-10t19 10l-6-3-6 3-7-3-7 3-6-3z`,
};

/** SVG path data of a face that shows the expression. */
export function expressionMark(expression: Expression): string {
  return `${HEAD}${FEATURES[expression]}`;
}

function circle(x: number, y: number, r: number): string {
  return oval(x, y, r, r);
}

function oval(x: number, y: number, rx: number, ry: number): string {
  return `M${x - rx} ${y}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0`;
}

function dots(y: number, r: number): string {
  return circle(35, y, r) + circle(65, y, r);
}
