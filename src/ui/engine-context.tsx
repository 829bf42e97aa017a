import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import type { LoadProgress } from '../engine/types';
import { engineHolder, type EngineState } from '../app/engine-holder';

const EngineContext = createContext<EngineState>(engineHolder.state);

/** The page's engine, on its way, ready or failed. */
export function useEngine(): EngineState {
  return use(EngineContext);
}

/** Tells the interface of the page's engine, which runs without it. */
export function EngineProvider({ children }: { readonly children: ReactNode }) {
  // A state, not an external store: React renders anew, in one piece, when such a store changes under a render.
  const [state, setState] = useState(engineHolder.state);
  useEffect(() => engineHolder.watch(setState), []);
  return <EngineContext value={state}>{children}</EngineContext>;
}

/** How far the page's engine is on its way; null before the first word of it. */
export function useLoadProgress(): LoadProgress | null {
  const [progress, setProgress] = useState<LoadProgress | null>(null);
  useEffect(() => engineHolder.watchProgress(setProgress), []);
  return progress;
}
