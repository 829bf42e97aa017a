import { appearanceDistance, type Appearance } from '../engine/appearance';
import type { PeopleAssignment, PeopleEdits } from './people-edits';
import type { PersonSummary } from './statistics';

/** Two people who may be the same one. */
export interface LookAlikes {
  /** The one who was seen first. */
  readonly person: number;
  readonly other: number;
  /** See `appearanceDistance`. */
  readonly distance: number;
}

/**
 * Largest distance of a proposed pair. Below it lie 91 % of the pairs of one drawn person in two poses,
 * expressions and lights, and 2 % of the pairs of two; 44 to 73 % of the pairs of one photographed person, by how much pose
 * and light were changed, and 0.4 % of the pairs of two on one photograph. See `appearanceDistance`.
 */
const MOST_ALIKE = 0.15;

/** Whether two faces may be one person's; false where one of them is unknown. */
export function looksAlike(one: Appearance | null, other: Appearance | null): boolean {
  const distance = appearanceDistance(one ?? [], other ?? []);
  return distance !== null && distance <= MOST_ALIKE;
}

/**
 * Proposes people who may be the same, most alike first, and merges none. People who are on screen together, or were
 * kept apart by hand, are not proposed.
 *
 * @param people worth proposing, in any order.
 * @param looks of the tracks.
 */
export function findLookAlikes(
  people: readonly PersonSummary[],
  looks: ReadonlyMap<number, Appearance>,
  assignment: PeopleAssignment,
  edits: PeopleEdits,
): LookAlikes[] {
  const candidates = people.filter(({ person }) => !assignment.isLeftOut(person)).toSorted((a, b) => a.firstMs - b.firstMs || a.person - b.person);
  const apart = new Set(edits.flatMap((edit) => (edit.kind === 'keep-apart' ? [pairOf(edit.person, edit.other)] : [])));
  // A split by hand was made on purpose.
  for (const edit of edits) if (edit.kind === 'split') apart.add(pairOf(edit.person, edit.into));
  const found = candidates.flatMap((one, i) =>
    candidates.slice(i + 1).flatMap((two): LookAlikes[] => {
      if (apart.has(pairOf(one.person, two.person)) || (one.firstMs <= two.lastMs && two.firstMs <= one.lastMs)) return [];
      const distance = leastDistance(one.tracks, two.tracks, looks);
      return distance !== null && distance <= MOST_ALIKE ? [{ person: one.person, other: two.person, distance }] : [];
    }),
  );
  return found.sort((a, b) => a.distance - b.distance || a.person - b.person || a.other - b.other);
}

function pairOf(a: number, b: number): string {
  return `${Math.min(a, b)} ${Math.max(a, b)}`;
}

/** Distance of the most alike pair of two people's tracks: clothes may change between tracks. */
function leastDistance(tracks: readonly number[], others: readonly number[], looks: ReadonlyMap<number, Appearance>): number | null {
  const distances = tracks.flatMap((track) =>
    others.flatMap((other) => {
      const [a, b] = [looks.get(track), looks.get(other)];
      return appearanceDistance(a ?? [], b ?? []) ?? [];
    }),
  );
  return distances.length > 0 ? Math.min(...distances) : null;
}
