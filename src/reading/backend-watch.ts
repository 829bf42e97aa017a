import type { BackendName } from '../engine/types';
import type { Engine } from '../workers/protocol';
import type { ReadyEngine } from './engine-source';

/** Interval between two questions, ms. */
const ASK_MS = 2000;

/** Knows the backend that an engine reads with: it changes after a measurement, a lost context, or when a dead worker is replaced. */
export class BackendWatch {
  #engine: Engine | null = null;
  #generation = 0;
  #name: BackendName | null = null;
  #askedMs = 0;

  /** Called for each frame. Returns the backend as far as it is known, without waiting. */
  follow({ engine, health }: ReadyEngine): BackendName {
    const isOther = engine !== this.#engine;
    const name = isOther || this.#name === null ? health.backend : this.#name;
    this.#name = name;
    const nowMs = performance.now();
    if (!isOther && engine.generation === this.#generation && nowMs - this.#askedMs < ASK_MS) return name;
    this.#engine = engine;
    this.#generation = engine.generation;
    this.#askedMs = nowMs;
    engine.health().then(
      ({ backend }) => {
        if (engine === this.#engine) this.#name = backend;
      },
      // The frame in flight fails too, and reports it.
      () => undefined,
    );
    return name;
  }
}
