import { MienError } from '../engine/errors';

/** Runs work that a signal may abort, which rejects at once with `call/aborted` though the work may go on; converts all errors to `MienError`. */
export async function orAborted<T>(signal: AbortSignal | undefined, work: () => T | Promise<T>): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await (signal ? untilAborted(signal, work()) : work());
  } catch (error) {
    throw signal?.aborted ? new MienError('call', 'aborted', '', error) : MienError.from(error);
  }
}

/** Settles as the work does, unless the signal aborts first: then it rejects with the reason. Leaves no listener on the signal. */
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
