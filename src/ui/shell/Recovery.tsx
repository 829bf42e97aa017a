import { lazy, Suspense } from 'react';
import { useEngine } from '../engine-context';
import { useIdle } from '../use-idle';
import { PartBoundary } from './PartBoundary';

// If this fails to load, the sessions tab still lists interrupted recordings.
const RecoveryNotice = lazy(() => import('../sessions/RecoveryNotice').catch(() => ({ default: () => null })));

/** Looks for interrupted recordings after startup. */
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
