import { MienError } from '../engine/errors';
import type { Size } from '../engine/geometry';

/** Maximum pixels of a decoded picture: four bytes each, and a second copy while it is read. */
export const MAX_PIXELS = 50_000_000;
/** Maximum file size, 100 MB. */
export const MAX_BYTES = 100_000_000;
/** Minimum width and height in pixels: no face fits into less. */
export const MIN_SIDE = 32;

/** A decoded picture; the consumer closes `bitmap`. */
export interface Picture {
  /** Smaller than the picture if that is very large. */
  readonly bitmap: ImageBitmap;
  /** Size of the whole picture as displayed: results are reported in these pixels (`inPixelsOf`). */
  readonly size: Size;
}

/**
 * @param minSide minimum width and height, pixels.
 * @throws MienError `image/too-large` or `image/too-small`.
 */
export function assertImageSize({ width, height }: Size, minSide = MIN_SIDE, maxPixels = MAX_PIXELS): void {
  const detail = `${width} × ${height}`;
  if (width * height > maxPixels) throw new MienError('image', 'too-large', detail);
  if (Math.min(width, height) < minSide) throw new MienError('image', 'too-small', detail);
}
