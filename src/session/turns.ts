/** Longest turn of the main thread in a long piece of work, ms. */
export const TURN_MS = 12;

/**
 * Lets everything that waits go first. Not by `scheduler.yield`, which goes before other messages, so that the engine's
 * answers would wait until all is done; nor by a timer, which a hidden page may set once a second.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
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
