import type { Answers } from '../../lab/metrics/answers';
import { compare, type Comparison } from '../../lab/metrics/comparison';
import type { DataSet } from './data-set';

/**
 * Compares two models on some faces of a data set. Faces of one person, and near-duplicates of nobody known, are no independent evidence.
 *
 * @throws RangeError where the two did not answer the same faces.
 */
export function compareOn({ faces, bursts }: Pick<DataSet, 'faces' | 'bursts'>, some: readonly number[], first: Answers, second: Answers): Comparison {
  const groups = some.map((face) => {
    const person = faces[face]?.person ?? null;
    return person === null ? `burst ${bursts[face] ?? face}` : `person ${person}`;
  });
  return compare(first, second, groups);
}
