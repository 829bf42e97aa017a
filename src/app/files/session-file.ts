import { fitName, stemOfPath, timeInName } from '../../export/file-names';
import { gatherBlob } from '../../export/gathered-blob';
import { sessionCsvParts } from '../../export/session-csv';
import { sessionJsonParts } from '../../export/session-record';
import type { ObservationStore } from '../../session/observation-store';
import type { SessionInfo } from '../../session/session-info';
import { afterDefaultName } from '../../words/session';

/** File stem of a session: a clip's path, or a recording's time (so that files sort) and name. */
export function sessionStem({ kind, name, startedAtMs }: Pick<SessionInfo, 'kind' | 'name' | 'startedAtMs'>): string {
  // Follows the extension if two sessions are of the same clip.
  const [count = ''] = / \(\d+\)$/.exec(name) ?? [];
  if (kind === 'video') return stemOfPath(name.slice(0, name.length - count.length), 'session') + count;
  const words = afterDefaultName({ name, startedAtMs }) !== null ? 'webcam' : fitName(name, 'webcam');
  return `${timeInName(new Date(startedAtMs))}_${words}`;
}

export type SessionFileKind = 'json' | 'csv';

interface Options {
  readonly byteOrderMark?: boolean;
  readonly signal?: AbortSignal;
  /** Called repeatedly with the share done (0–1). */
  readonly onProgress?: (share: number) => void;
}

/** Exports a session as a file in short tasks. @throws the signal's reason. */
export function sessionFile(info: SessionInfo, store: ObservationStore, kind: SessionFileKind, { byteOrderMark, signal, onProgress }: Options = {}): Promise<Blob> {
  const [parts, type] = kind === 'json' ? [sessionJsonParts(info, store), 'application/json'] : [sessionCsvParts(info, store, { byteOrderMark }), 'text/csv'];
  const { frames, droppedFrames } = store.getSnapshot();
  return gatherBlob(parts, `${type};charset=utf-8`, {
    ...(signal && { signal }),
    onProgress: (done) => onProgress?.(Math.min(1, done / (frames - droppedFrames + 1))),
  });
}
