import { LEFT_OUT_REASONS } from '../engine/types';
import type { ObservationStore } from './observation-store';
import type { LeftOutCount, ReadingAccount } from './reading-account';
import type { SessionInfo } from './session-info';

/** A session of which batches are lost: its account counts the lost frames that had been read as left out, so that it agrees with the rest. */
export function withoutLostRows<T extends SessionInfo>(info: T, store: ObservationStore): T {
  const { framesRead, framesWithFaces } = store.getSnapshot();
  const lost = Math.max(0, info.frames - framesRead);
  if (lost === 0) return info;
  return { ...info, frames: framesRead, framesWithFaces, skippedFrames: info.skippedFrames + lost, reading: info.reading && withDamaged(info.reading, lost) };
}

function withDamaged(account: ReadingAccount, lost: number): ReadingAccount {
  const counts = new Map(account.framesLeftOut.map(({ reason, count }) => [reason, count]));
  counts.set('damaged', (counts.get('damaged') ?? 0) + lost);
  const framesLeftOut = [...LEFT_OUT_REASONS, 'stopped' as const].flatMap((reason): LeftOutCount[] => {
    const count = counts.get(reason);
    return count === undefined ? [] : [{ reason, count }];
  });
  return { ...account, framesRead: account.framesRead - lost, framesLeftOut };
}
