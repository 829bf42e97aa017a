import type { EngineHealth } from '../engine/types';
import type { Engine } from '../workers/protocol';

export interface ReadyEngine {
  readonly engine: Engine;
  readonly health: EngineHealth;
}

/**
 * Returns the engine to read with. The page may replace its engine during a reading, so call this for each frame. Waits while an
 * engine is loading.
 *
 * @throws MienError if there is no engine; the signal's reason.
 */
export type EngineSource = (signal: AbortSignal) => Promise<ReadyEngine>;

/** The source for an engine that is never replaced. */
export function onlyEngine(engine: Engine, health: EngineHealth): EngineSource {
  return (signal) => {
    signal.throwIfAborted();
    return Promise.resolve({ engine, health });
  };
}
