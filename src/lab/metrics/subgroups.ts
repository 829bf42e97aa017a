import { wilson, type Interval } from './accuracy';
import { answerTo, type Answers } from './answers';

/** With fewer faces, an interval would be meaningless. */
export const FEWEST_FACES = 30;

/** Subgroups with fewer faces are listed only up to this many rows. */
const MOST_ROWS = 12;

/** Accuracy among the faces with the same value in a column. */
export interface Subgroup {
  readonly value: string;
  readonly count: number;
  readonly correct: number;
  /** Null if there are too few faces. */
  readonly accuracy: number | null;
  readonly interval: Interval | null;
}

/**
 * Groups faces by the values of a column; excludes faces without a label or a value.
 *
 * @param order of the values; null: largest subgroup first.
 */
export function reportSubgroups(answers: Answers, column: readonly string[], order: readonly string[] | null = null): Subgroup[] {
  const groups = new Map<string, { count: number; correct: number }>();
  answers.labels.forEach((label, face) => {
    const value = column[face] ?? '';
    if (label < 0 || value === '') return;
    const group = groups.get(value) ?? { count: 0, correct: 0 };
    const right = answerTo(answers, face).predicted === label;
    groups.set(value, { count: group.count + 1, correct: group.correct + (right ? 1 : 0) });
  });
  return Array.from(groups, ([value, { count, correct }]) => {
    const says = count >= FEWEST_FACES;
    return { value, count, correct, accuracy: says ? correct / count : null, interval: says ? wilson(correct, count) : null };
  }).sort((a, b) => (order ? order.indexOf(a.value) - order.indexOf(b.value) : b.count - a.count) || (a.value < b.value ? -1 : 1));
}

/** Subgroups to list: all with an accuracy, and the first few others. */
export function listedSubgroups(groups: readonly Subgroup[]): Subgroup[] {
  return groups.filter(({ accuracy }, i) => accuracy !== null || i < MOST_ROWS);
}
