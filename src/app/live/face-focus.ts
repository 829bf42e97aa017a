import { area } from '../../engine/geometry';
import type { FaceObservation } from '../../engine/types';

/** Size ratio at which another face takes over the timeline; prevents two similar faces from alternating. */
const TAKE_OVER = 1.3;

/**
 * Track whose timeline is shown: the picked face while it is in view, else the largest one, and without any face the
 * one shown last.
 */
export function focusedTrack(
  faces: readonly FaceObservation[],
  picked: number | null,
  before: number | null,
): number | null {
  if (faces.some((face) => face.track === picked)) return picked;
  let largest: FaceObservation | null = null;
  for (const face of faces) if (!largest || area(face.box) > area(largest.box)) largest = face;
  if (!largest) return before;
  const current = faces.find((face) => face.track === before);
  return current && area(largest.box) < TAKE_OVER * area(current.box) ? before : largest.track;
}
