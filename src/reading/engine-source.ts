import type { EngineHealth } from '../engine/types';
import type { Engine } from '../workers/protocol';

export interface ReadyEngine {
  readonly engine: Engine;
  readonly health: EngineHealth;
}

/**
 * The engine to read with: the page may replace its engine while a reading is under way, so it is asked for anew with
 * each frame. Waits while an engine is loading.
 *
 * @throws MienError why there is no engine; the signal's reason.
 */
export type EngineSource = (signal: AbortSignal) => Promise<ReadyEngine>;

/** The source for an engine that is never replaced. */
export function onlyEngine(engine: Engine, health: EngineHealth): EngineSource {
  return (signal) => {
    signal.throwIfAborted();
    return Promise.resolve({ engine, health });
  };
}
