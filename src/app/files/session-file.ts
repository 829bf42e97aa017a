import { gatherBlob } from '../../export/gathered-blob';
import { sessionCsvParts } from '../../export/session-csv';
import { sessionJsonParts } from '../../export/session-record';
import type { ObservationStore } from '../../session/observation-store';
import type { SessionInfo } from '../../session/session-info';

export type SessionFileKind = 'json' | 'csv';

interface Options {
  readonly signal?: AbortSignal;
  /** Called now and then with the share (0–1) that is done. */
  readonly onProgress?: (share: number) => void;
}

/** A session as a file to keep, put together without holding the page up. Throws the signal's reason. */
export function sessionFile(info: SessionInfo, store: ObservationStore, kind: SessionFileKind, { signal, onProgress }: Options = {}): Promise<Blob> {
  const [parts, type] = kind === 'json' ? [sessionJsonParts(info, store), 'application/json'] : [sessionCsvParts(info, store), 'text/csv'];
  const { frames, droppedFrames } = store.getSnapshot();
  return gatherBlob(parts, `${type};charset=utf-8`, {
    ...(signal && { signal }),
    onProgress: (done) => onProgress?.(Math.min(1, done / (frames - droppedFrames + 1))),
  });
}

/** Characters that no file system minds; of the rest, a name keeps a dash. */
const UNFIT = /[\\/:*?"<>|\p{Cc}]+/gu;
const MOST_CHARACTERS = 100;

/** What the file of a session is called. */
export function sessionFileName(name: string, kind: string): string {
  const fit = Array.from(name.replace(UNFIT, '-')).slice(0, MOST_CHARACTERS).join('').replace(/^[.\s]+|[.\s]+$/g, '');
  return `${fit || 'session'}.${kind}`;
}
