import type { FaceDetection } from '../types';
import type { FrameGrid } from './frame-grid';
import { keyOf, type Look } from './look';

interface Remembered {
  readonly found: readonly FaceDetection[];
  /** Of the frame that was looked at. */
  readonly grid: FrameGrid;
}

/**
 * What looks at earlier frames of a clip found. A region that shows what it showed then needs no new look: most of a scene
 * stands still. The comparison is with the frame that was looked at, not with the one before, so that slow changes add up.
 */
export class LookMemory {
  #recent = new Map<string, Remembered>();
  #older = new Map<string, Remembered>();

  /** What the look would find, where an earlier one saw the same; null where it has to be taken. */
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

  /** Forgets looks that were not of use since the last call but one. */
  age(): void {
    this.#older = this.#recent;
    this.#recent = new Map();
  }
}
