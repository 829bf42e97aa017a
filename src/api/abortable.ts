import { MienError } from '../engine/errors';

/** Work that a signal may give up: rejects with `call/aborted` at once, though the work may still end, and with every other error as a `MienError`. */
export async function orAborted<T>(signal: AbortSignal | undefined, work: () => T | Promise<T>): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await (signal ? untilAborted(signal, work()) : work());
  } catch (error) {
    throw signal?.aborted ? new MienError('call', 'aborted', '', error) : MienError.from(error);
  }
}

/** What comes of the work, unless the signal aborts first: then its reason. Nothing stays behind on the signal. */
export function untilAborted<T>(signal: AbortSignal, work: T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    void Promise.resolve(work)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}
