import { useSyncExternalStore } from 'react';
import type { LiveSession } from '../../app/live/live-session';
import type { EngineHealth } from '../../engine/types';
import type { RecorderStatus } from '../../session/session-recorder';
import { askToPersist } from '../../session/storage-use';

interface Recording extends RecorderStatus {
  /** Null while recording is not possible: no model yet, or the last session is unsaved or its video unfinished. */
  readonly toggle: (() => void) | null;
}

/** State of the live session's recording, and a function that toggles it. */
export function useRecording(session: LiveSession, health: EngineHealth | null): Recording {
  const { recorder } = session;
  const status = useSyncExternalStore(recorder.subscribe, recorder.getSnapshot);
  const video = useSyncExternalStore(session.videoRecorder.subscribe, session.videoRecorder.getSnapshot);
  const toggle = () => {
    if (status.phase === 'recording') void recorder.stop().then((finished) => (finished?.saved ? askToPersist() : undefined));
    else if (health) session.record(health);
  };
  const unsaved = status.finished !== null && !status.finished.saved;
  const able = status.phase === 'recording' || (status.phase === 'idle' && health !== null && !unsaved && video.phase !== 'finishing');
  return { ...status, toggle: able ? toggle : null };
}
