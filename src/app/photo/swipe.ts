/** Distance of a finger's stroke, CSS pixels, and its duration. */
interface Stroke {
  readonly dx: number;
  readonly dy: number;
  readonly ms: number;
}

/** Shorter strokes count as slipped presses, CSS pixels. */
const LEAST_PX = 48;
/** Slower strokes are not swipes, ms. */
const LONGEST_MS = 700;

/**
 * Direction of a swipe over a picture: 1 to the next, −1 to the previous, null if it is no swipe.
 *
 * @param rtl pictures are laid out right to left.
 */
export function swipeTarget({ dx, dy, ms }: Stroke, rtl: boolean): -1 | 1 | null {
  if (Math.abs(dx) < LEAST_PX || Math.abs(dx) < 2 * Math.abs(dy) || ms > LONGEST_MS) return null;
  return dx < 0 !== rtl ? 1 : -1;
}
