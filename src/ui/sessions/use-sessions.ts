import { useEffect, useReducer, useState } from 'react';
import { MienError } from '../../engine/errors';
import type { SessionArchive, SessionList } from '../../session/session-archive';
import { storageUse, type StorageUse } from '../../session/storage-use';
import { pageArchive } from '../../app/archive';

export interface SessionsOnDevice extends SessionList {
  /** Ids of sessions that are neither complete nor still being recorded. */
  readonly interrupted: ReadonlySet<string>;
  /** Null if the browser does not tell. */
  readonly use: StorageUse | null;
}

export type SessionsState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly archive: SessionArchive; readonly sessions: SessionsOnDevice }
  | { readonly status: 'failed'; readonly error: MienError; readonly retry: () => void };

/** The sessions on this device, including changes by other tabs. */
export function useSessions(): SessionsState {
  const [state, setState] = useState<SessionsState>({ status: 'loading' });
  const [attempt, retry] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    let newest = 0;
    let over = false;
    let leave: (() => void) | undefined;
    const refresh = async (archive: SessionArchive) => {
      const turn = ++newest;
      const sessions = await readAll(archive);
      // Ignores an answer older than the latest.
      if (!over && turn === newest) setState({ status: 'ready', archive, sessions });
    };
    const fail = (error: unknown) => {
      if (!over) setState({ status: 'failed', error: MienError.from(error), retry });
    };
    const start = async () => {
      const archive = await pageArchive();
      if (over) return;
      leave = archive.subscribe(() => void refresh(archive).catch(fail));
      await refresh(archive);
      // Deletes sessions whose undo has expired.
      await archive.purge();
    };
    start().catch(fail);
    return () => {
      over = true;
      leave?.();
    };
  }, [attempt]);
  return state;
}

async function readAll(archive: SessionArchive): Promise<SessionsOnDevice> {
  const [list, interrupted, use] = await Promise.all([archive.list(), archive.interrupted(), storageUse()]);
  return { ...list, interrupted: new Set(interrupted.map(({ id }) => id)), use };
}
