import type { PixelRect } from '../engine/geometry';
import type { ObservationStore, StoredFace } from './observation-store';
import { isHeld } from './standing';

/** A face at a time between two frames. */
export interface FaceAt {
  /** The latest reading. */
  readonly face: StoredFace;
  /** Interpolated position. */
  readonly box: PixelRect;
}

/** Tolerance for frames that are slightly late. */
const SLACK = 1.5;

/**
 * Faces at a given time, with boxes interpolated between the previous frame and the next. A face missing from the next frame stays for half the
 * interval, or as long as its picture is held; a new face does not show before its frame.
 *
 * @param intervalMs time between two analysed frames.
 */
export function facesAt(store: ObservationStore, timeMs: number, intervalMs: number): FaceAt[] {
  const reachMs = intervalMs * SLACK;
  const before = new Map<number, StoredFace>();
  const after = new Map<number, StoredFace>();
  for (const { timestampMs, faces } of store.framesAt(timeMs - reachMs)) {
    if (timestampMs > timeMs + reachMs) break;
    for (const face of faces) {
      if (timestampMs <= timeMs) before.set(face.track, face);
      else if (!after.has(face.track)) after.set(face.track, face);
    }
  }
  const shown: FaceAt[] = [];
  for (const [track, face] of before) {
    const next = after.get(track);
    if (next && next.timestampMs - face.timestampMs <= reachMs) {
      const share = (timeMs - face.timestampMs) / (next.timestampMs - face.timestampMs);
      shown.push({ face, box: between(face.box, next.box, share) });
    } else if (timeMs - face.timestampMs <= intervalMs / 2 || (isHeld(face) && timeMs < face.untilMs)) shown.push({ face, box: face.box });
  }
  return shown.sort((a, b) => a.face.track - b.face.track);
}

/** Interpolates between two rectangles (share 0–1). */
export function between(a: PixelRect, b: PixelRect, share: number): PixelRect {
  const mix = (from: number, to: number) => from + (to - from) * share;
  return { x: mix(a.x, b.x), y: mix(a.y, b.y), width: mix(a.width, b.width), height: mix(a.height, b.height) };
}
