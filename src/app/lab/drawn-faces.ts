import { EXPRESSIONS } from '../../engine/labels';
import type { ReadData } from '../../lab/data/read-data';
import { FACE_SIDE, LUMINANCE_BYTES, resize } from '../../lab/faces';
import { PROBE_FACES } from '../../network/probe-faces';

/** Number of drawn people; each has a face for every expression. */
export const PEOPLE = PROBE_FACES.looks;

/** One drawn face from the bytes of all; `expression` is an index into `EXPRESSIONS`. */
export function drawnFace(probes: Uint8Array, expression: number, person: number): { readonly luminance: Uint8Array; readonly side: number } {
  const { side, looks } = PROBE_FACES;
  const from = (expression * looks + person) * side ** 2;
  return { luminance: probes.subarray(from, from + side ** 2), side };
}

/** All drawn faces as a data set. */
export function readDrawn(probes: Uint8Array): ReadData {
  const drawn = EXPRESSIONS.flatMap((label, e) => Array.from({ length: PEOPLE }, (_, person) => ({ label, person, ...drawnFace(probes, e, person) })));
  const luminance = new Uint8Array(drawn.length * LUMINANCE_BYTES);
  drawn.forEach(({ luminance: own, side }, i) => {
    luminance.set(resize(own, 1, side, FACE_SIDE, 1).map((share) => Math.round(255 * share)), i * LUMINANCE_BYTES);
  });
  const items = drawn.map(({ label, person }) => ({ name: `${label} of person ${person + 1}`, label, person: `person ${person + 1}`, columns: {}, path: null }));
  return { items, luminance, leftOut: [] };
}
