import type { Size } from '../../engine/geometry';
import type { FaceObservation } from '../../engine/types';
import { between } from '../../session/faces-at';
import type { PaintedFace } from '../overlay-painter';

/** The engine's faces in one frame. */
export interface FaceReading {
  /** Frame time on the video's clock, ms. */
  readonly timestampMs: number;
  /** Frame size that the boxes refer to. */
  readonly frame: Size;
  readonly faces: readonly FaceObservation[];
}

/** How long readings are kept: covers the longest time that a face is held and a frame waits. */
const MEMORY_MS = 6000;
/** Age beyond which a reading no longer locates a face. */
const STALE_MS = 400;

/** Readings around the frames that wait to be encoded. */
export class FaceReadings {
  #readings: readonly FaceReading[] = [];

  /** Time of the latest reading; -Infinity if there is none. */
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

  /** Faces to draw at a time, with boxes interpolated between the readings before and after. */
  facesAt(timeMs: number): PaintedFace[] {
    const before = this.#readings.findLast(({ timestampMs }) => timestampMs <= timeMs);
    const after = this.#readings.find(({ timestampMs }) => timestampMs > timeMs);
    if (!before || timeMs - before.timestampMs > STALE_MS) return [];
    const gapMs = after ? after.timestampMs - before.timestampMs : Infinity;
    const share = (timeMs - before.timestampMs) / gapMs;
    return before.faces.flatMap((face): PaintedFace[] => {
      const next = after?.faces.find(({ track }) => track === face.track);
      if (next && gapMs <= 2 * STALE_MS) return [{ face, box: between(face.box, next.box, share), opacity: 1 }];
      // Missing in the next reading, so it left about half way there.
      return !after || share <= 0.5 ? [{ face, box: face.box, opacity: 1 }] : [];
    });
  }
}
