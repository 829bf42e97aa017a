const FADE_MS = 160;

/** In what time boxes ease in and out, ms, as of now: the wish for reduced motion may come and go while the camera runs. */
export function faceFade(): () => number {
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  return () => (reduced.matches ? 0 : FADE_MS);
}
