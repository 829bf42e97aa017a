import { createContext, use, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { MienError } from '../engine/errors';
import type { BackendChoice, EngineHealth, LoadProgress } from '../engine/types';
import { createEngine } from '../workers/pipeline-client';
import type { Engine } from '../workers/protocol';
import { useSettings } from './settings';

export type EngineState =
  | { readonly status: 'loading'; readonly progress: LoadProgress | null }
  | { readonly status: 'ready'; readonly engine: Engine; readonly health: EngineHealth }
  | { readonly status: 'failed'; readonly error: MienError; readonly retry: () => void };

const LOADING: EngineState = { status: 'loading', progress: null };
const EngineContext = createContext<EngineState>(LOADING);

/** The one engine of the page: on its way, ready, or failed with a way to try again. */
export function useEngine(): EngineState {
  return use(EngineContext);
}

/** Starts the engine, and again whenever another backend is chosen. */
export function EngineProvider({ children }: { readonly children: ReactNode }) {
  const [{ backend, smoothingMs }] = useSettings();
  const [attempt, setAttempt] = useState(0);
  const state = useEngineOf(backend, attempt, useCallback(() => setAttempt((n) => n + 1), []));
  const engine = state.status === 'ready' ? state.engine : null;

  useEffect(() => {
    // A failure here shows itself in the next frame's own answer.
    engine?.configureLive({ smoothingMs }).catch(() => undefined);
  }, [engine, smoothingMs]);

  return <EngineContext value={state}>{children}</EngineContext>;
}

function useEngineOf(backend: BackendChoice, attempt: number, retry: () => void): EngineState {
  const key = `${backend}/${attempt}`;
  const [held, setHeld] = useState<{ readonly key: string; readonly state: EngineState }>({ key, state: LOADING });
  // Engines are disposed before the next one starts, so that two never hold memory at once.
  const previous = useRef<Promise<void>>(Promise.resolve());

  useEffect(() => {
    const giveUp = new AbortController();
    const { signal } = giveUp;
    const show = (state: EngineState) => {
      if (!signal.aborted) setHeld({ key, state });
    };
    let started = false;
    const starting = previous.current.then(async () => {
      const engine = await createEngine(
        { assetBase: new URL('./', document.baseURI).href, backend, live: { smoothingMs: 0 } },
        // A worker that is replaced later loads anew; whoever waits for its next answer sees to that.
        (progress) => {
          if (!started) show({ status: 'loading', progress });
        },
        signal,
      );
      started = true;
      try {
        show({ status: 'ready', engine, health: await engine.health() });
      } catch (error) {
        await engine.dispose();
        throw error;
      }
      return engine;
    });
    starting.catch((error: unknown) => show({ status: 'failed', error: MienError.from(error), retry }));
    return () => {
      // A start that hangs must not keep the next one waiting.
      giveUp.abort();
      previous.current = starting.then((engine) => engine.dispose()).catch(() => undefined);
    };
  }, [key, backend, retry]);

  // Until the new engine has said something, the old one's state must not be shown.
  return held.key === key ? held.state : LOADING;
}
