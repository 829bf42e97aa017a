import { Store } from '../../engine/store';
import type { Playhead } from './playhead';

/** Playhead of a recording without a video. */
export class Cursor implements Playhead {
  readonly #timeMs = new Store(0);

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
