import { MienError } from '../engine/errors';
import { tagOf } from './image-input';

/**
 * Validates the options of a call, which untyped programs may get wrong.
 *
 * @throws `call/wrong-type` if they are not an object, `signal` is no AbortSignal, or a callback is no function.
 */
export function checkedOptions<T extends object>(options: T | undefined): Partial<T> {
  if (options === undefined) return {};
  if (typeof options !== 'object' || (options as object | null) === null) throw new MienError('call', 'wrong-type', `options: ${tagOf(options)}`);
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (value === undefined) continue;
    if (name === 'signal' && tagOf(value) !== 'AbortSignal') throw new MienError('call', 'wrong-type', `signal: ${tagOf(value)}`);
    if (/^on[A-Z]/.test(name)) assertFunction(value, name);
  }
  return options;
}

/** @throws `call/wrong-type` */
export function assertFunction(value: unknown, name: string): void {
  if (typeof value !== 'function') throw new MienError('call', 'wrong-type', `${name}: ${tagOf(value)}`);
}

/** Wraps a caller's callback: its errors are reported as uncaught errors of the page instead of stopping the caller. */
export function contained<A extends readonly unknown[]>(callback: (...args: A) => void): (...args: A) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch (error) {
      reportError(error);
    }
  };
}
