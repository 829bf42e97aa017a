import { EXPRESSIONS, type Expression } from '../engine/labels';
import { expressionWord } from './expression-style';
import { t } from './i18n';

/** Measured accuracy on one set of faces. */
interface MeasuredSet {
  readonly faces: number;
  readonly accuracy: number;
  /** Per expression: faces classified as labelled, and all faces. */
  readonly perClass: Readonly<Record<string, readonly [right: number, all: number]>>;
}

/** Fewest faces of an expression for a meaningful share. */
const FEWEST = 20;

/** The model's accuracy in a plain sentence: "right about 8 times in 10", and where it is weakest. */
export function plainAccuracy(sets: readonly MeasuredSet[]): string {
  const faces = sets.reduce((sum, set) => sum + set.faces, 0);
  const right = sets.reduce((sum, set) => sum + set.faces * set.accuracy, 0);
  const tenths = Math.round((10 * right) / Math.max(1, faces));
  const sentence = t('On faces of people that it had never seen, it says what the label says about {tenths, plural, one {# time} other {# times}} in 10.', { tenths });
  const [weakest, second] = EXPRESSIONS.flatMap((e) => {
    const recall = recallOf(e, sets);
    return recall === null ? [] : [{ e, recall }];
  }).sort((a, b) => a.recall - b.recall);
  if (!weakest || !second) return sentence;
  return `${sentence} ${t('It misses “{first}” and “{second}” most often.', { first: expressionWord(weakest.e), second: expressionWord(second.e) })}`;
}

function recallOf(expression: Expression, sets: readonly MeasuredSet[]): number | null {
  const counts = sets.map(({ perClass }) => perClass[expression] ?? ([0, 0] as const));
  const all = counts.reduce((sum, [, part]) => sum + part, 0);
  return all < FEWEST ? null : counts.reduce((sum, [part]) => sum + part, 0) / all;
}
