import type { Answers } from '../../lab/metrics/answers';
import { compare, type Comparison } from '../../lab/metrics/comparison';
import type { DataSet } from './data-set';

/**
 * Group of each selected face: its person, its near-duplicates if the person is unknown (named by the first one), or the face itself. Faces of one
 * group are not independent evidence.
 */
export function evidenceGroups({ faces, bursts }: Pick<DataSet, 'faces' | 'bursts'>, some: readonly number[]): string[] {
  const sizes = new Map<number, number>();
  for (const first of bursts) sizes.set(first, (sizes.get(first) ?? 0) + 1);
  return some.map((face) => {
    const person = faces[face]?.person ?? null;
    if (person !== null) return `person ${person}`;
    const first = bursts[face] ?? face;
    return (sizes.get(first) ?? 1) > 1 ? `near-duplicates ${first}` : `face ${face}`;
  });
}

/**
 * Compares two models on selected faces of a data set, with a bootstrap over `evidenceGroups`.
 *
 * @throws RangeError if the models did not answer the same faces; the signal's reason.
 */
export function compareOn(data: Pick<DataSet, 'faces' | 'bursts'>, some: readonly number[], first: Answers, second: Answers, signal: AbortSignal): Promise<Comparison> {
  return compare(first, second, evidenceGroups(data, some), signal);
}
