/** Longest main-thread task within a long piece of work, ms. */
export const LONGEST_TASK_MS = 12;
/** Bytes copied without yielding: a few milliseconds. */
export const PIECE_BYTES = 4 * 2 ** 20;

/**
 * Yields to the event loop so that queued messages run first, which a promise does not allow. `scheduler.yield` would run
 * before them; a timer waits 4 ms, and a second in a hidden page.
 */
export function yieldToEventLoop(): Promise<void> {
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
 * Visits each item and yields in between, so that the page stays responsive.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function visitYielding<T>(items: Iterable<T>, visit: (item: T) => void, signal?: AbortSignal): Promise<void> {
  let yieldAtMs = performance.now() + LONGEST_TASK_MS;
  for (const item of items) {
    visit(item);
    if (performance.now() < yieldAtMs) continue;
    await yieldToEventLoop();
    signal?.throwIfAborted();
    yieldAtMs = performance.now() + LONGEST_TASK_MS;
  }
}
