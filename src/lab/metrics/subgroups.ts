import { wilson, type Interval } from './accuracy';
import { answerTo, type Answers } from './answers';

/** With fewer faces, an interval would say next to nothing. */
export const FEWEST_FACES = 30;

/** Of subgroups with fewer faces, no more are listed than fill so many rows. */
const MOST_ROWS = 12;

/** Accuracy among the faces that a column says the same of. */
export interface Subgroup {
  readonly value: string;
  readonly count: number;
  readonly correct: number;
  /** Null: too few faces to say. */
  readonly accuracy: number | null;
  readonly interval: Interval | null;
}

/**
 * One subgroup for each value of a column; faces without a label or a value are left out.
 *
 * @param order of the values; null: the largest subgroup comes first.
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

/** Those worth a row: all of which something is said, and of the others the first few. */
export function listedSubgroups(groups: readonly Subgroup[]): Subgroup[] {
  return groups.filter(({ accuracy }, i) => accuracy !== null || i < MOST_ROWS);
}
