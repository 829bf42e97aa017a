import { yieldToEventLoop } from '../engine/yield-to-event-loop';
import { LONGEST_TASK_MS } from '../engine/yield-to-event-loop';

/** Text is handed to the browser in pieces of this size, characters, so that it does not stay in the page's memory. */
const PIECE_LENGTH = 1 << 20;

interface GatherOptions {
  readonly signal?: AbortSignal;
  /** Called now and then with how many parts are done. */
  readonly onProgress?: (parts: number) => void;
}

/**
 * Puts a file together from many small parts, in short turns, so that the page stays responsive.
 *
 * @throws the signal's reason when it is aborted.
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
