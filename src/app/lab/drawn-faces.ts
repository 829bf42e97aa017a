import { EXPRESSIONS } from '../../engine/labels';
import type { ReadData } from '../../lab/data/read-data';
import { FACE_SIDE, LUMINANCE_BYTES, resize } from '../../lab/faces';
import { PROBE_FACES } from '../../network/probe-faces';

/** Drawn people; each has a face for every expression. */
export const PEOPLE = PROBE_FACES.looks;

/** One drawn face out of the bytes of all; `expression` counts as `EXPRESSIONS` does. */
export function drawnFace(probes: Uint8Array, expression: number, person: number): { readonly luminance: Uint8Array; readonly side: number } {
  const { side, looks } = PROBE_FACES;
  const from = (expression * looks + person) * side ** 2;
  return { luminance: probes.subarray(from, from + side ** 2), side };
}

/** All of them as a data set that was read. */
export function readDrawn(probes: Uint8Array): ReadData {
  const drawn = EXPRESSIONS.flatMap((label, e) => Array.from({ length: PEOPLE }, (_, person) => ({ label, person, ...drawnFace(probes, e, person) })));
  const luminance = new Uint8Array(drawn.length * LUMINANCE_BYTES);
  drawn.forEach(({ luminance: own, side }, i) => {
    luminance.set(resize(own, 1, side, FACE_SIDE, 1).map((share) => Math.round(255 * share)), i * LUMINANCE_BYTES);
  });
  const items = drawn.map(({ label, person }) => ({ name: `${label} of person ${person + 1}`, label, person: `person ${person + 1}`, columns: {}, path: null }));
  return { items, luminance, leftOut: [] };
}
