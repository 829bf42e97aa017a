import { useEffect, useSyncExternalStore } from 'react';
import { askToPersist } from '../../session/storage-use';
import type { RecorderStatus } from '../../session/session-recorder';
import type { ModelIdentity } from '../../engine/types';
import { webcamName } from '../../words/session';
import type { LiveSession } from '../../app/live/live-session';

interface Recording extends RecorderStatus {
  /** Null while nothing can be recorded: no model yet, or the last session waits to be saved. */
  readonly toggle: (() => void) | null;
}

/** Records the live session when told to, and no longer than this tab is shown. */
export function useRecording({ recorder }: LiveSession, model: ModelIdentity | null): Recording {
  const status = useSyncExternalStore(recorder.subscribe, recorder.getSnapshot);

  useEffect(() => {
    const flush = () => recorder.flush();
    document.addEventListener('visibilitychange', flush);
    addEventListener('pagehide', flush);
    return () => {
      document.removeEventListener('visibilitychange', flush);
      removeEventListener('pagehide', flush);
      // The camera goes off with the tab: nothing more would come.
      void recorder.stop();
    };
  }, [recorder]);

  const toggle = () => {
    if (status.phase === 'recording') void recorder.stop().then((finished) => (finished?.saved ? askToPersist() : undefined));
    else if (model) recorder.start(webcamName(Date.now()), model);
  };
  const unsaved = status.finished !== null && !status.finished.saved;
  const able = status.phase === 'recording' || (status.phase === 'idle' && model !== null && !unsaved);
  return { ...status, toggle: able ? toggle : null };
}
