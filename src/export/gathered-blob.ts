import { yieldToEventLoop } from '../engine/yield-to-event-loop';
import { LONGEST_TASK_MS } from '../engine/yield-to-event-loop';

/** Characters per Blob: moves text out of the page's heap in pieces. */
const PIECE_LENGTH = 1 << 20;

interface GatherOptions {
  readonly signal?: AbortSignal;
  /** Called repeatedly with the number of parts done. */
  readonly onProgress?: (parts: number) => void;
}

/**
 * Concatenates many small parts into one file in short tasks, so that the page stays responsive.
 *
 * @throws the signal's reason when aborted.
 */
export async function gatherBlob(parts: Iterable<string> | AsyncIterable<string>, type: string, { signal, onProgress }: GatherOptions = {}): Promise<Blob> {
  const pieces: Blob[] = [];
  let text = '';
  let count = 0;
  let turnEndMs = performance.now() + LONGEST_TASK_MS;
  for await (const part of parts) {
    text += part;
    count++;
    if (text.length >= PIECE_LENGTH) {
      pieces.push(new Blob([text]));
      text = '';
    }
    if (performance.now() >= turnEndMs) {
      onProgress?.(count);
      await yieldToEventLoop();
      signal?.throwIfAborted();
      turnEndMs = performance.now() + LONGEST_TASK_MS;
    }
  }
  return new Blob([...pieces, text], { type });
}
