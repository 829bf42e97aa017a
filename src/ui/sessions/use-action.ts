import { useCallback, useState } from 'react';
import { MienError } from '../../engine/errors';

/** Runs an action that may fail; its error is shown until the next action. */
export type RunAction = (action: () => Promise<unknown>) => void;

export function useAction(): { readonly error: MienError | null; readonly run: RunAction } {
  const [error, setError] = useState<MienError | null>(null);
  const run = useCallback((action: () => Promise<unknown>) => {
    setError(null);
    action().catch((thrown: unknown) => setError(MienError.from(thrown)));
  }, []);
  return { error, run };
}
