import { NO_EDITS } from '../../session/people-edits';
import type { SessionInfo } from '../../session/session-info';
import type { ClipAnalysis } from './clip-analysis';

/** What is known of an analysis as a session; null before its first frame. Times count from the file's zero. */
export function sessionInfoOf(analysis: ClipAnalysis, name: string, state: SessionInfo['state']): SessionInfo | null {
  const { store, model, frameSize, startedAtMs, id } = analysis;
  const { framesRead: frames, framesWithFaces, newestMs } = store.getSnapshot();
  if (!model || newestMs === null) return null;
  return {
    ...{ id, kind: 'video', name, startedAtMs, durationMs: newestMs, frame: frameSize, model, reading: null },
    ...{ frames, framesWithFaces, skippedFrames: analysis.getSnapshot().skipped, markers: [], people: NO_EDITS, state },
  };
}
