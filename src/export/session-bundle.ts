import type { ObservationStore } from '../session/observation-store';
import type { SessionInfo } from '../session/session-info';
import { BYTE_ORDER_MARK, type CsvOptions } from './csv';
import { uniqueStems } from './file-names';
import { sessionCsvHeader, sessionCsvParts, sessionCsvRows } from './session-csv';
import { sessionJsonParts } from './session-record';
import { LIST } from './session-list';
import type { ZipEntry } from './zip-blob';

/** One of several sessions that leave the app together. */
export interface BundledSession {
  /** Name of its files without extension; it may be another's too. */
  readonly stem: string;
  /** Whether anybody in it has a baseline. */
  readonly relative: boolean;
  /** Called once for each file that its data goes into, so that no more than one session is in memory. */
  readonly load: () => Promise<{ readonly info: SessionInfo; readonly store: ObservationStore }>;
}

/** Name of the table of all sessions in a ZIP; no session has it. */
export const COMBINED_STEM = 'all-clips';
const DICTIONARY_NAME = 'data-dictionary.md';

/** All sessions as one table, told apart by the column `file`. */
export async function* combinedCsvParts(sessions: readonly BundledSession[], { byteOrderMark }: CsvOptions): AsyncGenerator<string> {
  const relative = sessions.some((session) => session.relative);
  yield (byteOrderMark ? BYTE_ORDER_MARK : '') + sessionCsvHeader(relative);
  for (const { load } of sessions) {
    const { info, store } = await load();
    yield* sessionCsvRows(info, store, relative);
  }
}

/** All sessions as a list, each as in its own file; `sessionsIn` takes them apart again. */
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
 * The files of a ZIP: JSON and CSV of each session, the table of all, and what its columns mean. Names are unique.
 *
 * @param dictionary the data dictionary's text.
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
