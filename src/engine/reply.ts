import { MienError, type PlainError } from './errors';

/** Answers cross the worker boundary as values, errors included. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: PlainError };

/** Runs the work and returns its result or error as a value. */
export async function replyOf<T>(work: () => T | Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: MienError.from(error).toPlain() };
  }
}

/** Inverse of `replyOf`. Throws the error in the reply. */
export function valueOf<T>(reply: Reply<T>): T {
  if (!reply.ok) throw MienError.fromPlain(reply.error);
  return reply.value;
}
