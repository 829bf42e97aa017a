import { DisjointSets } from '../../lab/data/groups';
import type { FaceBatch } from '../../lab/faces';
import type { TakenFace } from './camera-faces';
import type { DataSet, LabFace } from './data-set';
import type { DataName } from './data-words';

/** A data set with faces from the camera behind its own; or of these alone. */
export function withTaken(before: DataSet | null, taken: readonly TakenFace[], name: DataName): Omit<DataSet, 'bursts'> {
  const faces: LabFace[] = taken.map(({ label, person, concerned, hold }, i) => {
    return { name: `${label}-${i + 1}`, label, columns: { hold: `${hold + 1}` }, category: label, person, concerned };
  });
  const luminance = joined([before?.pixels.luminance ?? new Uint8Array(), ...taken.map((face) => face.luminance)]);
  // Of some faces alone they would be of no use.
  const hasColors = before === null || before.pixels.colors !== null;
  const colors = hasColors ? joined([before?.pixels.colors ?? new Uint8Array(), ...taken.map((face) => face.colors)]) : null;
  return { name: before?.name ?? name, faces: [...(before?.faces ?? []), ...faces], pixels: { luminance, colors } satisfies FaceBatch, leftOut: before?.leftOut ?? [] };
}

/**
 * Near-duplicates, with all faces of one hold among them.
 *
 * @param bursts of each face the first one that it is a near-duplicate of.
 * @param first number of the first face that was taken.
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

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

