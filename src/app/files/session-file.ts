import { fitName, stemOfPath, timeInName } from '../../export/file-names';
import { gatherBlob } from '../../export/gathered-blob';
import { sessionCsvParts } from '../../export/session-csv';
import { sessionJsonParts } from '../../export/session-record';
import type { ObservationStore } from '../../session/observation-store';
import type { SessionInfo } from '../../session/session-info';
import { afterDefaultName } from '../../words/session';

/** What the files of a session are called: a clip's by its path, a recording's by its time first, so that they sort. */
export function sessionStem({ kind, name, startedAtMs }: Pick<SessionInfo, 'kind' | 'name' | 'startedAtMs'>): string {
  // Behind the extension where two sessions are of one clip.
  const [count = ''] = / \(\d+\)$/.exec(name) ?? [];
  if (kind === 'video') return stemOfPath(name.slice(0, name.length - count.length), 'session') + count;
  const words = afterDefaultName({ name, startedAtMs }) !== null ? 'webcam' : fitName(name, 'webcam');
  return `${timeInName(new Date(startedAtMs))}_${words}`;
}

export type SessionFileKind = 'json' | 'csv';

interface Options {
  readonly byteOrderMark?: boolean;
  readonly signal?: AbortSignal;
  /** Called now and then with the share (0–1) that is done. */
  readonly onProgress?: (share: number) => void;
}

/** A session as a file to keep, put together without holding the page up. Throws the signal's reason. */
export function sessionFile(info: SessionInfo, store: ObservationStore, kind: SessionFileKind, { byteOrderMark, signal, onProgress }: Options = {}): Promise<Blob> {
  const [parts, type] = kind === 'json' ? [sessionJsonParts(info, store), 'application/json'] : [sessionCsvParts(info, store, { byteOrderMark }), 'text/csv'];
  const { frames, droppedFrames } = store.getSnapshot();
  return gatherBlob(parts, `${type};charset=utf-8`, {
    ...(signal && { signal }),
    onProgress: (done) => onProgress?.(Math.min(1, done / (frames - droppedFrames + 1))),
  });
}
