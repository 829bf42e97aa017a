import { Store } from '../../engine/store';
import type { SessionInfo } from '../../session/session-info';
import { sessionVideo } from '../../session/session-videos';
import { pathOf } from '../files/file-path';
import { loadedVideos } from '../read/loaded-videos';

/** Files chosen to replay sessions, until the page is closed. */
const chosen = new Store<ReadonlyMap<string, File>>(new Map());

export const chosenFiles: Pick<typeof chosen, 'subscribe' | 'getSnapshot'> = chosen;

export function chooseFile(sessionId: string, file: File): void {
  chosen.set(new Map([...chosen.getSnapshot(), [sessionId, file]]));
}

type Analysed = Pick<SessionInfo, 'id' | 'kind' | 'reading'>;

/** Whether a file is the analysed one: judged by size, since it may have been renamed. */
export function fitOf({ reading }: Pick<Analysed, 'reading'>, file: File): 'same' | 'renamed' | 'other' {
  const source = reading?.source;
  if (!source || source.bytes === null || source.bytes !== file.size) return 'other';
  return source.name === pathOf(file) || source.name.endsWith(`/${file.name}`) || source.name === file.name ? 'same' : 'renamed';
}

/** A session's video if available: stored with a recording, or still open in Read; null if the user must choose it. */
export async function videoAtHand(session: Analysed): Promise<File | null> {
  const kept = await sessionVideo(session.id);
  if (kept) return new File([kept], 'recording', { type: kept.type });
  const open = loadedVideos.getSnapshot()?.getSnapshot().items ?? [];
  return open.find(({ file }) => fitOf(session, file) === 'same')?.file ?? null;
}
