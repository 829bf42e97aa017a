import { useEffect, useState } from 'react';
import type { EngineHealth } from '../engine/types';
import type { Engine } from '../workers/protocol';

/** The backend may change while running, after a lost context or a measurement. */
const HEALTH_MS = 3000;

/** What the engine says of itself, asked now and then; null until it has answered. */
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
        // What ails the engine shows in the picture; here the last answer stays.
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
  // What another engine said says nothing of this one.
  return held !== null && held.engine === engine ? held.health : null;
}
