import { Store } from '../../engine/store';
import type { Playhead } from './playhead';

/** Playhead of a recording without a video. */
export class Cursor implements Playhead {
  readonly #timeMs: Store<number>;

  constructor(startMs: number) {
    this.#timeMs = new Store(startMs);
  }

  get timeMs(): number {
    return this.#timeMs.getSnapshot();
  }

  get subscribe() {
    return this.#timeMs.subscribe;
  }

  seek(ms: number): void {
    this.#timeMs.set(ms);
  }
}
