import { visitYielding } from '../../engine/yield-to-event-loop';
import { DisjointSets } from './groups';

/** Relations that a split must keep on one side. */
export interface Kinship {
  /** Person of each face; null if unknown. */
  readonly persons: readonly (string | null)[];
  /** For each face, the first face of its near-duplicates or burst, as from `nearDuplicates`. */
  readonly bursts: readonly number[];
}

export interface Split {
  /** Training faces and held-out faces. */
  readonly train: readonly number[];
  readonly heldOut: readonly number[];
  /** Known people and other groups of faces that were held out as a whole. */
  readonly heldOutPeople: number;
  readonly heldOutGroups: number;
}

/**
 * Splits faces so that no person and no near-duplicate is on both sides, holding out about the same share of each class. Deterministic. Yields to the
 * page, since there may be tens of thousands of faces.
 *
 * @param labels class of each face.
 * @param share share to hold out, 0–1.
 * @throws the signal's reason if it is aborted.
 */
export async function splitLeakProof(labels: readonly number[], { persons, bursts }: Kinship, share: number, signal: AbortSignal): Promise<Split> {
  const groups = await groupsOf(labels.length, persons, bursts, signal);
  const totals = countBy(labels, Array.from(labels.keys()));
  const held = new Map<number, number>();
  const heldOut = new Set<number>();
  const chosen: (readonly number[])[] = [];
  const consider = (group: readonly number[]) => {
    if (lackAdded(countBy(labels, group), totals, held, share) >= 0) return;
    for (const face of group) {
      heldOut.add(face);
      const label = labels[face] ?? -1;
      held.set(label, (held.get(label) ?? 0) + 1);
    }
    chosen.push(group);
  };
  // Large groups first, so that small ones even out the remainder.
  await visitYielding([...groups].sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0)), consider, signal);
  const known = new Set(chosen.flat().flatMap((face) => persons[face] ?? []));
  return {
    train: Array.from(labels.keys()).filter((face) => !heldOut.has(face)),
    heldOut: Array.from(heldOut).sort((a, b) => a - b),
    heldOutPeople: known.size,
    heldOutGroups: chosen.length,
  };
}

/** Groups of faces connected by person or burst, directly or transitively. */
async function groupsOf(count: number, persons: readonly (string | null)[], bursts: readonly number[], signal: AbortSignal): Promise<number[][]> {
  const sets = new DisjointSets(count);
  const firstOf = new Map<string, number>();
  const faces = Array.from({ length: count }, (_, face) => face);
  const join = (face: number) => {
    sets.join(face, bursts[face] ?? face);
    const person = persons[face];
    if (person === null || person === undefined) return;
    const first = firstOf.get(person);
    if (first === undefined) firstOf.set(person, face);
    else sets.join(face, first);
  };
  const groups = new Map<number, number[]>();
  const gather = (face: number) => {
    const root = sets.find(face);
    const group = groups.get(root);
    if (group) group.push(face);
    else groups.set(root, [face]);
  };
  await visitYielding(faces, join, signal);
  await visitYielding(faces, gather, signal);
  return Array.from(groups.values());
}

function countBy(labels: readonly number[], faces: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const face of faces) counts.set(labels[face] ?? -1, (counts.get(labels[face] ?? -1) ?? 0) + 1);
  return counts;
}

/** Change of the squared distance to the target share when a group is held out; negative if it improves. */
function lackAdded(more: ReadonlyMap<number, number>, totals: ReadonlyMap<number, number>, held: ReadonlyMap<number, number>, share: number): number {
  let added = 0;
  for (const [label, count] of more) {
    const [before, total] = [held.get(label) ?? 0, totals.get(label) ?? 1];
    added += ((before + count) / total - share) ** 2 - (before / total - share) ** 2;
  }
  return added;
}
