import { center, type PixelRect, type Size } from '../geometry';
import { THUMBNAIL } from '../scene-change';

/** Threshold for a cell's change since its last change, in any channel (0–255): above noise. */
const LEAST_CHANGE = 12;
const CELLS = THUMBNAIL.width * THUMBNAIL.height;

/** Records where and when a stream's thumbnails changed. */
export class ChangeMap {
  #reference: Uint8ClampedArray | null = null;
  readonly #changedAt = new Int32Array(CELLS);
  #frame = 0;

  /** Number of the current frame. */
  get frame(): number {
    return this.#frame;
  }

  /** @param rgba pixels of the next frame at `THUMBNAIL`'s size. */
  update(rgba: Uint8ClampedArray): void {
    this.#frame++;
    const reference = (this.#reference ??= rgba.slice());
    for (let cell = 0; cell < CELLS; cell++) {
      const at = cell * 4;
      if (!differs(reference, rgba, at)) continue;
      reference.set(rgba.subarray(at, at + 3), at);
      this.#changedAt[cell] = this.#frame;
    }
  }

  /**
   * Whether something in the region has changed after the given frame.
   *
   * @param size of the frames, pixels.
   * @param except regions whose changes do not count.
   */
  hasChanged(region: PixelRect, size: Size, since: number, except: readonly PixelRect[]): boolean {
    const width = size.width / THUMBNAIL.width;
    const height = size.height / THUMBNAIL.height;
    for (let cell = 0; cell < CELLS; cell++) {
      if ((this.#changedAt[cell] ?? 0) <= since) continue;
      const x = ((cell % THUMBNAIL.width) + 0.5) * width;
      const y = (Math.floor(cell / THUMBNAIL.width) + 0.5) * height;
      if (contains(region, x, y) && !except.some((rect) => contains(rect, x, y))) return true;
    }
    return false;
  }
}

function differs(a: Uint8ClampedArray, b: Uint8ClampedArray, at: number): boolean {
  for (let i = at; i < at + 3; i++) if (Math.abs((a[i] ?? 0) - (b[i] ?? 0)) > LEAST_CHANGE) return true;
  return false;
}

function contains(rect: PixelRect, x: number, y: number): boolean {
  const at = center(rect);
  return Math.abs(x - at.x) <= rect.width / 2 && Math.abs(y - at.y) <= rect.height / 2;
}
