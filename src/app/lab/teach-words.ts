import type { Split } from '../../lab/data/split';
import { splitLeakProof } from '../../lab/data/split';
import { t } from '../../words/i18n';

/** Fewest faces per class for teaching. */
export const FEWEST_TO_TEACH = 5;
export const MOST_CLASSES = 12;
/** Share of faces to hold out. */
const HELD_OUT = 0.25;

/** Kind of split: `people`: no person and no near-duplicate is on both sides; `copies`: no near-duplicate is. */
export interface TeachingSplit extends Split {
  readonly by: 'people' | 'copies';
}

/** Holds out faces by person if there are several, else by near-duplicates only. @throws the signal's reason if it is aborted. */
export async function splitForTeaching(labels: readonly number[], persons: readonly (string | null)[], bursts: readonly number[], signal: AbortSignal): Promise<TeachingSplit> {
  const known = new Set(persons.filter((person) => person !== null)).size;
  if (known > 1) {
    const split = await splitLeakProof(labels, { persons, bursts }, HELD_OUT, signal);
    if (split.heldOut.length > 0) return { ...split, by: 'people' };
  }
  return { ...(await splitLeakProof(labels, { persons: labels.map(() => null), bursts }, HELD_OUT, signal)), by: 'copies' };
}

/** Describes the split in a sentence. */
export function wordSplit({ train, heldOut, heldOutPeople, by }: TeachingSplit, persons: readonly (string | null)[]): string {
  const counts = t('It learned from {taught, plural, one {# face} other {# faces}} and was judged on {judged, plural, one {# other} other {# others}}', { taught: train.length, judged: heldOut.length });
  if (by === 'people') {
    return t('{counts}, of {people, plural, one {one person} other {# people}} whom it never saw; near-duplicates were kept together.', { counts, people: heldOutPeople });
  }
  const known = new Set(persons.filter((person) => person !== null)).size;
  return known === 1
    ? t('{counts} of the same person, near-duplicates kept together: how well it reads anybody else is unknown.', { counts })
    : t('{counts}; nobody said who is in them, so only near-duplicates were kept together, and the same people may be on both sides.', { counts });
}
