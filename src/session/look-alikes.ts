import { appearanceDistance, type Appearance } from '../engine/appearance';
import type { PeopleAssignment, PeopleEdits } from './people-edits';
import type { PersonSummary } from './statistics';

/** Two people who may be the same person. */
export interface LookAlikes {
  /** The one who appeared first. */
  readonly person: number;
  readonly other: number;
  /** See `appearanceDistance`. */
  readonly distance: number;
}

/**
 * Largest distance of a proposed pair. It includes 91 % of the pairs of one drawn person in two poses, expressions and lights, and 2 % of the pairs
 * of two; 44 to 73 % of the pairs of one photographed person, depending on the change of pose and light, and 0.4 % of the pairs of two people in one
 * photograph. See `appearanceDistance`.
 */
const MOST_ALIKE = 0.15;

/** True if two faces may be the same person's; false if either is unknown. */
export function looksAlike(one: Appearance | null, other: Appearance | null): boolean {
  const distance = appearanceDistance(one ?? [], other ?? []);
  return distance !== null && distance <= MOST_ALIKE;
}

/**
 * Proposes people who may be the same, most similar first, without merging them. Skips people who are visible at the same time or were kept apart by
 * hand.
 *
 * @param people candidates, in any order.
 * @param looks appearance of each track.
 */
export function findLookAlikes(
  people: readonly PersonSummary[],
  looks: ReadonlyMap<number, Appearance>,
  assignment: PeopleAssignment,
  edits: PeopleEdits,
): LookAlikes[] {
  const candidates = people.filter(({ person }) => !assignment.isLeftOut(person)).toSorted((a, b) => a.firstMs - b.firstMs || a.person - b.person);
  const apart = new Set(edits.flatMap((edit) => (edit.kind === 'keep-apart' ? [pairOf(edit.person, edit.other)] : [])));
  // Manual splits are deliberate.
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

/** Distance of the most similar tracks of two people, since clothes may change between tracks. */
function leastDistance(tracks: readonly number[], others: readonly number[], looks: ReadonlyMap<number, Appearance>): number | null {
  const distances = tracks.flatMap((track) =>
    others.flatMap((other) => {
      const [a, b] = [looks.get(track), looks.get(other)];
      return appearanceDistance(a ?? [], b ?? []) ?? [];
    }),
  );
  return distances.length > 0 ? Math.min(...distances) : null;
}
