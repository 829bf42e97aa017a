import { MienError } from '../engine/errors';
import { tagOf } from './image-input';

/**
 * The options of a call, checked for what a program without types may have sent.
 *
 * @throws `call/wrong-type` where they are no object, `signal` is no AbortSignal, or a callback is no function.
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

/** A caller's callback whose errors are reported as the page's own uncaught ones and stop nothing here. */
export function contained<A extends readonly unknown[]>(callback: (...args: A) => void): (...args: A) => void {
  return (...args) => {
    try {
      callback(...args);
    } catch (error) {
      reportError(error);
    }
  };
}
