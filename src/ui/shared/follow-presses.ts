/**
 * Follows whether the user last pressed a key or used a mouse or touch.
 *
 * @param signal ends it.
 * @returns tells whether it was a mouse or touch.
 */
export function followPresses(signal: AbortSignal): () => boolean {
  let byPointer = false;
  const told = (value: boolean) => () => {
    byPointer = value;
  };
  // In the capture phase: before other handlers act, and even if they stop the event.
  document.addEventListener('pointerdown', told(true), { capture: true, signal });
  document.addEventListener('keydown', told(false), { capture: true, signal });
  return () => byPointer;
}
