import { joined } from '../../engine/joined';
import { DisjointSets } from '../../lab/data/groups';
import type { FaceBatch } from '../../lab/faces';
import type { TakenFace } from './camera-faces';
import type { DataSet, LabFace } from './data-set';
import type { DataName } from './data-words';

/** Appends camera faces to a data set, or creates one from them. */
export function withTaken(before: DataSet | null, taken: readonly TakenFace[], name: DataName): Omit<DataSet, 'bursts'> {
  const faces: LabFace[] = taken.map(({ label, person, concerned, hold }, i) => {
    return { name: `${label}-${i + 1}`, label, columns: { hold: `${hold + 1}` }, category: label, person, concerned };
  });
  const luminance = joined(Uint8Array, [before?.pixels.luminance ?? new Uint8Array(), ...taken.map((face) => face.luminance)]);
  // Colours are useless unless all faces have them.
  const hasColors = before === null || before.pixels.colors !== null;
  const colors = hasColors ? joined(Uint8Array, [before?.pixels.colors ?? new Uint8Array(), ...taken.map((face) => face.colors)]) : null;
  return { name: before?.name ?? name, faces: [...(before?.faces ?? []), ...faces], pixels: { luminance, colors } satisfies FaceBatch, leftOut: before?.leftOut ?? [] };
}

/**
 * Merges all faces of each hold into the near-duplicates.
 *
 * @param bursts for each face, the index of the first face it nearly duplicates.
 * @param first index of the first captured face.
 */
export function withHolds(bursts: readonly number[], taken: readonly TakenFace[], first: number): number[] {
  const sets = new DisjointSets(bursts.length);
  bursts.forEach((burst, face) => sets.join(face, burst));
  const firstOf = new Map<number, number>();
  taken.forEach(({ hold }, i) => {
    const known = firstOf.get(hold);
    if (known === undefined) firstOf.set(hold, first + i);
    else sets.join(known, first + i);
  });
  return bursts.map((_, face) => sets.find(face));
}
