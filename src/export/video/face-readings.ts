import type { Size } from '../../engine/geometry';
import type { FaceObservation } from '../../engine/types';
import { between } from '../../session/faces-at';
import type { PaintedFace } from '../overlay-painter';

/** The faces of one frame, as the engine found them. */
export interface FaceReading {
  /** Time of the frame on the clock of the video, ms. */
  readonly timestampMs: number;
  /** Size of the frame, which its boxes refer to. */
  readonly frame: Size;
  readonly faces: readonly FaceObservation[];
}

/** How long readings are remembered: the longest that a face is held, and the longest that a frame waits. */
const MEMORY_MS = 6000;
/** A reading this old says nothing about where a face is by now. */
const STALE_MS = 400;

/** What was read around the frames that wait to be encoded. */
export class FaceReadings {
  #readings: readonly FaceReading[] = [];

  /** Readings in order of time; -Infinity while there is none. */
  get newestMs(): number {
    return this.#readings.at(-1)?.timestampMs ?? -Infinity;
  }

  get all(): readonly FaceReading[] {
    return this.#readings;
  }

  add(reading: FaceReading): void {
    const fromMs = reading.timestampMs - MEMORY_MS;
    this.#readings = [...this.#readings.filter(({ timestampMs }) => timestampMs >= fromMs), reading];
  }

  /** The faces to draw at a time: each box on its way from the reading before to the one after. */
  facesAt(timeMs: number): PaintedFace[] {
    const before = this.#readings.findLast(({ timestampMs }) => timestampMs <= timeMs);
    const after = this.#readings.find(({ timestampMs }) => timestampMs > timeMs);
    if (!before || timeMs - before.timestampMs > STALE_MS) return [];
    const gapMs = after ? after.timestampMs - before.timestampMs : Infinity;
    const share = (timeMs - before.timestampMs) / gapMs;
    return before.faces.flatMap((face): PaintedFace[] => {
      const next = after?.faces.find(({ track }) => track === face.track);
      if (next && gapMs <= 2 * STALE_MS) return [{ face, box: between(face.box, next.box, share), opacity: 1 }];
      // Gone in the next reading: it left somewhere on the way there.
      return !after || share <= 0.5 ? [{ face, box: face.box, opacity: 1 }] : [];
    });
  }
}
