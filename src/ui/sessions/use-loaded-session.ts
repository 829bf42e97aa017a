import { startTransition, useEffect, useReducer, useState } from 'react';
import { adoptPeople } from '../../app/results/people-editor';
import { MienError } from '../../engine/errors';
import type { LoadedSession, SessionArchive } from '../../session/session-archive';

export type SessionState =
  | { readonly status: 'loading'; readonly share: number }
  | { readonly status: 'ready'; readonly session: LoadedSession }
  | { readonly status: 'failed'; readonly error: MienError; readonly retry: () => void };

/** Loads a session from disk; for another session, give the component a new key. */
export function useLoadedSession(archive: SessionArchive, id: string): SessionState {
  const [state, setState] = useState<SessionState>({ status: 'loading', share: 0 });
  const [attempt, retry] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const show = (next: SessionState) => {
      if (!signal.aborted) setState(next);
    };
    const readMs = performance.now();
    archive.load(id, { signal, onProgress: (share) => show({ status: 'loading', share }) }).then(
      (session) => {
        adoptPeople(id, session.info.people, readMs);
        // Rendering its rows and curves at once would be a long task.
        startTransition(() => show({ status: 'ready', session }));
      },
      (error: unknown) => show({ status: 'failed', error: MienError.from(error), retry }),
    );
    return () => stop.abort();
  }, [archive, id, attempt]);
  return state;
}
