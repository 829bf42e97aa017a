import { nextTask } from '../engine/next-task';

/** Longest turn of the main thread in a long piece of work, ms. */
export const TURN_MS = 12;

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
    await nextTask();
    signal.throwIfAborted();
    turnEndMs = performance.now() + TURN_MS;
  }
}
