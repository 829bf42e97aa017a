import { area } from '../../engine/geometry';
import type { FaceObservation } from '../../engine/types';

/** How much larger another face must be to take the timeline over, so that two equals do not alternate. */
const TAKE_OVER = 1.3;

/**
 * Whose timeline is shown: the face that was picked as long as it is there, else the largest one,
 * and without any face the one shown last.
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
