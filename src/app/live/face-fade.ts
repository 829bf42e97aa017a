const FADE_MS = 160;

/** Returns a function for the current fade time of boxes, ms: the reduced-motion preference may change while the camera runs. */
export function faceFade(): () => number {
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  return () => (reduced.matches ? 0 : FADE_MS);
}
