import { useEffect, useState } from 'react';
import type { EngineHealth } from '../engine/types';
import type { Engine } from '../workers/protocol';

/** The backend may change while running, after a lost context or a measurement. */
const HEALTH_MS = 3000;

/** The engine's health, polled; null until the first answer. */
export function useEngineHealth(engine: Engine | null): EngineHealth | null {
  const [held, setHeld] = useState<{ readonly engine: Engine; readonly health: EngineHealth } | null>(null);
  useEffect(() => {
    if (!engine) return;
    let wanted = true;
    const ask = () => {
      engine.health().then(
        (health) => {
          if (wanted) setHeld({ engine, health });
        },
        // The picture area reports engine failures; here the last answer is kept.
        () => undefined,
      );
    };
    ask();
    const timer = setInterval(ask, HEALTH_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [engine]);
  // Ignores the answer of a previous engine.
  return held !== null && held.engine === engine ? held.health : null;
}
