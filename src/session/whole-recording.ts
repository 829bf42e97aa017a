import { MienError } from '../engine/errors';
import type { ObservationStore } from './observation-store';
import type { LoadOptions, SessionArchive } from './session-archive';
import type { SessionInfo } from './session-info';
import type { FinishedRecording } from './session-recorder';

/**
 * A finished recording with all of its frames: from disk once it is saved, else from memory. Of a recording of hours, memory may have
 * dropped the oldest ones, which are on disk. If the session is gone from there, the frames in memory are all that is left.
 *
 * @throws MienError of kind `storage`; the signal's reason.
 */
export async function wholeRecording(
  { info, store, saved }: Pick<FinishedRecording, 'info' | 'store' | 'saved'>,
  archive: () => Promise<SessionArchive>,
  options: LoadOptions = {},
): Promise<{ readonly info: SessionInfo; readonly store: ObservationStore }> {
  if (!saved && store.getSnapshot().droppedFrames === 0) return { info, store };
  const stored = await (await archive()).load(info.id, options).catch((error: unknown) => {
    if (saved || !MienError.from(error).is('storage', 'missing')) throw error;
    return null;
  });
  if (!stored) return { info, store };
  if (saved) return stored;
  const { frames, skippedFrames } = stored.info;
  for (const columns of store.columnsFrom(frames + skippedFrames)) stored.store.appendColumns(columns);
  return { info, store: stored.store };
}
