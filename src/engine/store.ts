/** A value and its listeners. `subscribe` and `getSnapshot` suit React's `useSyncExternalStore`. */
export class Store<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  readonly getSnapshot = (): T => this.#value;

  /** Calls back after every change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Like `subscribe`, but passes the value, and calls back at once too. */
  readonly watch = (listener: (value: T) => void): (() => void) => {
    const tell = () => listener(this.#value);
    tell();
    return this.subscribe(tell);
  };

  set(value: T): void {
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  update(change: Partial<T>): void {
    this.set({ ...this.#value, ...change });
  }
}
