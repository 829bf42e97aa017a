import type { Playhead } from './playhead';

/** A place in a recording that has no picture to play. */
export class Cursor implements Playhead {
  #timeMs = 0;
  readonly #listeners = new Set<() => void>();

  get timeMs(): number {
    return this.#timeMs;
  }

  seek(ms: number): void {
    this.#timeMs = ms;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}
