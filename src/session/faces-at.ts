import type { PixelRect } from '../engine/geometry';
import type { ObservationStore, StoredFace } from './observation-store';
import { isHeld } from './standing';

/** A face as it was at a moment between two frames. */
export interface FaceAt {
  /** As it was read last. */
  readonly face: StoredFace;
  /** Where it is by now. */
  readonly box: PixelRect;
}

/** Frames may come a little later than their rate promises. */
const SLACK = 1.5;

/**
 * The faces at a moment: each box on its way from the frame before to the one after. A face that was not read in the
 * next frame stays for half the time until it, or as long as its picture is held, and one that appears was not there
 * before.
 *
 * @param intervalMs time between two frames that were read.
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

/** The rectangle on its way from one (share 0) to another (1). */
export function between(a: PixelRect, b: PixelRect, share: number): PixelRect {
  const mix = (from: number, to: number) => from + (to - from) * share;
  return { x: mix(a.x, b.x), y: mix(a.y, b.y), width: mix(a.width, b.width), height: mix(a.height, b.height) };
}
