import type { FaceDetection } from '../types';
import type { FrameGrid } from './frame-grid';
import { keyOf, type Look } from './look';

interface Remembered {
  readonly found: readonly FaceDetection[];
  /** Grid of the frame at which the look was taken. */
  readonly grid: FrameGrid;
}

/**
 * Caches the detections of looks at earlier frames of a clip. An unchanged region needs no new look: most of a scene stands
 * still. Compares with the frame of the look, not with the previous one, so that slow changes add up.
 */
export class LookMemory {
  #recent = new Map<string, Remembered>();
  #older = new Map<string, Remembered>();

  /** Detections of an earlier look at the same content; null if the look must be taken. */
  recall(look: Look, grid: FrameGrid): readonly FaceDetection[] | null {
    const key = keyOf(look);
    const known = this.#recent.get(key) ?? this.#older.get(key);
    if (!known || !grid.isLike(known.grid, look.region)) return null;
    this.#recent.set(key, known);
    return known.found;
  }

  keep(look: Look, grid: FrameGrid, found: readonly FaceDetection[]): void {
    this.#recent.set(keyOf(look), { found, grid });
  }

  /** Forgets looks not used since the call before last. */
  age(): void {
    this.#older = this.#recent;
    this.#recent = new Map();
  }
}
