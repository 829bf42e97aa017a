/** Longest turn of the main thread in a long piece of work, ms. */
export const TURN_MS = 12;

/** Lets everything that waits go first. */
export function nextTurn(): Promise<void> {
  // Not in Safari yet.
  if ('scheduler' in globalThis) return scheduler.yield();
  return new Promise((resolve) => setTimeout(resolve));
}

/**
 * Visits each of many, in short turns, so that the page stays responsive.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function visitInTurns<T>(items: Iterable<T>, visit: (item: T) => void, signal: AbortSignal): Promise<void> {
  let turnEndMs = performance.now() + TURN_MS;
  for (const item of items) {
    visit(item);
    if (performance.now() < turnEndMs) continue;
    await nextTurn();
    signal.throwIfAborted();
    turnEndMs = performance.now() + TURN_MS;
  }
}
