import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import type { LoadProgress } from '../engine/types';
import { engineHolder, type EngineState } from '../app/engine-holder';

const EngineContext = createContext<EngineState>(engineHolder.state);

/** State of the page's engine: loading, ready or failed. */
export function useEngine(): EngineState {
  return use(EngineContext);
}

/** Provides the state of the page's engine, which runs independently of React. */
export function EngineProvider({ children }: { readonly children: ReactNode }) {
  // React state rather than an external store: a change of such a store during a render forces a synchronous re-render.
  const [state, setState] = useState(engineHolder.state);
  useEffect(() => engineHolder.watch(setState), []);
  return <EngineContext value={state}>{children}</EngineContext>;
}

/** Loading progress of the page's engine; null before the first report. */
export function useLoadProgress(): LoadProgress | null {
  const [progress, setProgress] = useState<LoadProgress | null>(null);
  useEffect(() => engineHolder.watchProgress(setProgress), []);
  return progress;
}
