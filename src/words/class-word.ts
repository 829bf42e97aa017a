import { EXPRESSIONS } from '../engine/labels';
import { expressionWord } from './expression-style';

/** A class of labelled faces within a sentence: an expression's word, or a custom name. */
export function classWord(name: string): string {
  const expression = EXPRESSIONS.find((each) => each === name);
  return expression ? expressionWord(expression) : name;
}
