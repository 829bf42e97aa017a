import { useCallback, useState } from 'react';
import { MienError } from '../../engine/errors';

/** Runs something that may fail; what it failed of is shown until the next one. */
export type RunAction = (action: () => Promise<unknown>) => void;

export function useAction(): { readonly error: MienError | null; readonly run: RunAction } {
  const [error, setError] = useState<MienError | null>(null);
  const run = useCallback((action: () => Promise<unknown>) => {
    setError(null);
    action().catch((thrown: unknown) => setError(MienError.from(thrown)));
  }, []);
  return { error, run };
}
