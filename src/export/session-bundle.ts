import type { ObservationStore } from '../session/observation-store';
import type { SessionInfo } from '../session/session-info';
import { BYTE_ORDER_MARK, type CsvOptions } from './csv';
import { uniqueStems } from './file-names';
import { sessionCsvHeader, sessionCsvParts, sessionCsvRows } from './session-csv';
import { sessionJsonParts } from './session-record';
import { LIST } from './session-list';
import type { ZipEntry } from './zip-blob';

/** One of several sessions exported together. */
export interface BundledSession {
  /** File name without extension; not necessarily unique. */
  readonly stem: string;
  /** Whether anyone in it has a baseline. */
  readonly relative: boolean;
  /** Called once per output file, so that only one session is in memory at a time. */
  readonly load: () => Promise<{ readonly info: SessionInfo; readonly store: ObservationStore; readonly damagedBatches?: number }>;
}

/** Stem of the combined table in a ZIP; reserved. */
export const COMBINED_STEM = 'all-clips';
const DICTIONARY_NAME = 'data-dictionary.md';

/** All sessions as one table, distinguished by the column `file`. */
export async function* combinedCsvParts(sessions: readonly BundledSession[], { byteOrderMark }: CsvOptions): AsyncGenerator<string> {
  const relative = sessions.some((session) => session.relative);
  yield (byteOrderMark ? BYTE_ORDER_MARK : '') + sessionCsvHeader(relative);
  for (const { load } of sessions) {
    const { info, store } = await load();
    yield* sessionCsvRows(info, store, relative);
  }
}

/** All sessions as a list, each as in its own file; `sessionsIn` splits it again. */
export async function* combinedJsonParts(sessions: readonly BundledSession[]): AsyncGenerator<string> {
  yield LIST.open;
  for (const [index, { load }] of sessions.entries()) {
    const { info, store } = await load();
    if (index > 0) yield LIST.between;
    yield* sessionJsonParts(info, store);
  }
  yield LIST.close;
}

/**
 * Files of a ZIP: each session's JSON and CSV, the combined table and the data dictionary. Names are unique.
 *
 * @param dictionary text of the data dictionary.
 */
export async function* bundleEntries(sessions: readonly BundledSession[], dictionary: string, options: CsvOptions): AsyncGenerator<ZipEntry> {
  const [, ...stems] = uniqueStems([COMBINED_STEM, ...sessions.map(({ stem }) => stem)]);
  yield { name: `${COMBINED_STEM}.csv`, parts: combinedCsvParts(sessions, options) };
  for (const [i, { load }] of sessions.entries()) {
    const { info, store } = await load();
    yield { name: `${stems[i]}.json`, parts: sessionJsonParts(info, store) };
    yield { name: `${stems[i]}.csv`, parts: sessionCsvParts(info, store, options) };
  }
  yield { name: DICTIONARY_NAME, parts: [dictionary] };
}
