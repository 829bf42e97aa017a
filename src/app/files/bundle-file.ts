import { gatherBlob } from '../../export/gathered-blob';
import { bundleEntries, combinedCsvParts, combinedJsonParts, type BundledSession } from '../../export/session-bundle';
import type { SessionInfo } from '../../session/session-info';

export type BundleKind = 'csv' | 'json' | 'zip';

export interface SizedSession extends BundledSession {
  /** Number of samples, read and left out; determines the cost of its files. */
  readonly samples: number;
}

interface BundleOptions {
  readonly byteOrderMark: boolean;
  readonly signal: AbortSignal;
  /** Called repeatedly with the share done (0–1). */
  readonly onProgress: (share: number) => void;
}

/** Passes each damaged session that is loaded to `onDamaged`, once for every file that it is loaded for. */
export function watchDamage(sessions: readonly SizedSession[], onDamaged: (info: SessionInfo) => void): readonly SizedSession[] {
  return sessions.map((session) => ({
    ...session,
    load: async () => {
      const loaded = await session.load();
      if ((loaded.damagedBatches ?? 0) > 0) onDamaged(loaded.info);
      return loaded;
    },
  }));
}

/**
 * Exports several sessions as one file: a combined table, a combined list, or a ZIP with each session's files.
 *
 * @throws MienError of kind `storage`; the signal's reason.
 */
export async function bundleFile(sessions: readonly SizedSession[], kind: BundleKind, { byteOrderMark, signal, onProgress }: BundleOptions): Promise<Blob> {
  const samples = sessions.reduce((sum, session) => sum + session.samples, 0);
  // A ZIP holds each sample three times: in the JSON, the CSV and the combined table.
  const whole = Math.max(1, kind === 'zip' ? 3 * samples : samples);
  const listening = { signal, onProgress: (parts: number) => onProgress(Math.min(1, parts / whole)) };
  if (kind === 'csv') return gatherBlob(combinedCsvParts(sessions, { byteOrderMark }), 'text/csv;charset=utf-8', listening);
  if (kind === 'json') return gatherBlob(combinedJsonParts(sessions), 'application/json;charset=utf-8', listening);
  const [{ zipBlob }, { default: dictionary }] = await Promise.all([import('../../export/zip-blob'), import('../../../docs/data-dictionary.md?raw')]);
  return zipBlob(bundleEntries(sessions, dictionary, { byteOrderMark }), listening);
}
