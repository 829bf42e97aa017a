import type { Expression } from '../engine/labels';
import { msg, t, type Phrase } from './i18n';

export type ColorScheme = 'light' | 'dark';

interface ExpressionStyle {
  /** Display name. */
  readonly name: Phrase;
  /** Form within a sentence. */
  readonly word: Phrase;
  /** Replaces colour in contrast themes and on paper. A shape, since letters would differ between languages. */
  readonly sign: string;
  readonly light: string;
  readonly dark: string;
}

/**
 * One colour per expression and scheme. Found by search so that every pair is distinguishable with normal, protan,
 * deutan and tritan vision, and each has a contrast of 3:1 with the surface; the test checks both.
 */
export const EXPRESSION_STYLE: Readonly<Record<Expression, ExpressionStyle>> = {
  angry: { name: msg('Angry'), word: msg('angry'), sign: '▲', light: '#831303', dark: '#da2211' },
  disgust: { name: msg('Disgust'), word: msg('disgust'), sign: '✕', light: '#4c7650', dark: '#adf997' },
  fear: { name: msg('Fear'), word: msg('fear'), sign: '◆', light: '#9739ac', dark: '#8c539f' },
  happy: { name: msg('Happy'), word: msg('happy'), sign: '●', light: '#c58608', dark: '#dea527' },
  sad: { name: msg('Sad'), word: msg('sad'), sign: '▼', light: '#4595f1', dark: '#187bfb' },
  surprise: { name: msg('Surprise'), word: msg('surprise'), sign: '★', light: '#065262', dark: '#2dd8fa' },
  neutral: { name: msg('Neutral'), word: msg('neutral'), sign: '■', light: '#8b9197', dark: '#91969d' },
};

/** As a heading or a label: "Happy". */
export function expressionName(expression: Expression): string {
  return t(EXPRESSION_STYLE[expression].name);
}

/** Within a sentence: "happy". */
export function expressionWord(expression: Expression): string {
  return t(EXPRESSION_STYLE[expression].word);
}

/** For canvases, which cannot use CSS variables. */
export function expressionColor(expression: Expression, scheme: ColorScheme): string {
  return EXPRESSION_STYLE[expression][scheme];
}
