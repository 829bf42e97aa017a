import { EXPRESSIONS } from '../engine/labels';
import { expressionWord } from './expression-style';

/** A class of labelled faces within a sentence: an expression's word, or the name that somebody gave it. */
export function classWord(name: string): string {
  const expression = EXPRESSIONS.find((each) => each === name);
  return expression ? expressionWord(expression) : name;
}
