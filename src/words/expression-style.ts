import type { Expression } from '../engine/labels';

export type ColorScheme = 'light' | 'dark';

interface ExpressionStyle {
  /** The word that people read. */
  readonly name: string;
  readonly light: string;
  readonly dark: string;
}

/**
 * One colour per expression and scheme. Chosen by search so that every pair stays apart for normal,
 * protan, deutan and tritan vision, and each stands out from the surface (3:1); the test holds both.
 */
export const EXPRESSION_STYLE: Readonly<Record<Expression, ExpressionStyle>> = {
  angry: { name: 'Angry', light: '#831303', dark: '#da2211' },
  disgust: { name: 'Disgust', light: '#4c7650', dark: '#adf997' },
  fear: { name: 'Fear', light: '#9739ac', dark: '#8c539f' },
  happy: { name: 'Happy', light: '#c58608', dark: '#dea527' },
  sad: { name: 'Sad', light: '#4595f1', dark: '#187bfb' },
  surprise: { name: 'Surprise', light: '#065262', dark: '#2dd8fa' },
  neutral: { name: 'Neutral', light: '#8b9197', dark: '#91969d' },
};

/** For a canvas, which knows no CSS variables. */
export function expressionColor(expression: Expression, scheme: ColorScheme): string {
  return EXPRESSION_STYLE[expression][scheme];
}
