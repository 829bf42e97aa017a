/** How far a finger has gone, CSS pixels, and for how long. */
interface Stroke {
  readonly dx: number;
  readonly dy: number;
  readonly ms: number;
}

/** A shorter way, CSS pixels, is a press that slipped. */
const LEAST_PX = 48;
/** A slower one was meant for something else, ms. */
const LONGEST_MS = 700;

/**
 * Where a stroke over a picture leads: to the one after (1) where the finger draws it in, to the one before (−1), or nowhere (null).
 *
 * @param rtl pictures follow one another from right to left.
 */
export function swipeTarget({ dx, dy, ms }: Stroke, rtl: boolean): -1 | 1 | null {
  if (Math.abs(dx) < LEAST_PX || Math.abs(dx) < 2 * Math.abs(dy) || ms > LONGEST_MS) return null;
  return dx < 0 !== rtl ? 1 : -1;
}
