import { lazy, Suspense } from 'react';
import { useEngine } from '../engine-context';
import { useIdle } from '../use-idle';
import { PartBoundary } from './PartBoundary';

// Without it, the sessions tab still shows what was interrupted.
const RecoveryNotice = lazy(() => import('../sessions/RecoveryNotice').catch(() => ({ default: () => null })));

/** Looks for interrupted recordings, once the start is over. */
export function Recovery() {
  const started = useEngine().status !== 'loading';
  const idle = useIdle(started);
  return (
    idle && (
      <PartBoundary>
        <Suspense>
          <RecoveryNotice />
        </Suspense>
      </PartBoundary>
    )
  );
}
