import { PROBE_FACES } from '../../network/probe-faces';

/** Drawn people; each has a face for every expression. */
export const PEOPLE = PROBE_FACES.looks;

/** One drawn face out of the bytes of all; `expression` counts as `EXPRESSIONS` does. */
export function drawnFace(probes: Uint8Array, expression: number, person: number): { readonly luminance: Uint8Array; readonly side: number } {
  const { side, looks } = PROBE_FACES;
  const from = (expression * looks + person) * side ** 2;
  return { luminance: probes.subarray(from, from + side ** 2), side };
}
