import type { IntervalSummary } from '../session/interval-statistics';
import type { ExpressionSummary } from '../session/statistics';
import { BYTE_ORDER_MARK, csvFields, csvHeader, END_OF_LINE, type CsvColumn, type CsvOptions } from './csv';
import { round, toProbabilitiesRecord } from './face-record';
import { probabilityColumns } from './face-columns';
import { seconds } from './seconds';

interface IntervalRow {
  readonly file: string;
  readonly interval: IntervalSummary;
  /** Starts at 1. */
  readonly number: number;
  /** Null for everybody together. */
  readonly person: string | null;
  readonly summary: ExpressionSummary;
}

export const INTERVAL_COLUMNS: readonly CsvColumn<IntervalRow>[] = [
  { name: 'file', value: ({ file }) => file },
  { name: 'interval', value: ({ number }) => number },
  { name: 'from_s', value: ({ interval }) => seconds(interval.fromMs) },
  { name: 'to_s', value: ({ interval }) => seconds(interval.toMs) },
  { name: 'marker', value: ({ interval }) => interval.marker?.note ?? null },
  { name: 'person', value: ({ person }) => person },
  { name: 'seen_s', value: ({ summary }) => seconds(summary.seenMs) },
  { name: 'face_observations', value: ({ summary }) => summary.observations },
  { name: 'dominant_emotion', value: ({ summary }) => summary.dominant },
  ...probabilityColumns<IntervalRow>('emotion_share', ({ summary }) => toProbabilitiesRecord(summary.share)),
  { name: 'uncertain_share', value: ({ summary }) => round(summary.uncertainShare, 4) },
  ...probabilityColumns<IntervalRow>('mean_probabilities', ({ summary }) => toProbabilitiesRecord(summary.mean)),
];

/**
 * Summaries of the intervals between markers as CSV: per interval one row for everybody (empty `person`), then one per person.
 * Yields the header, then one part per interval.
 *
 * @param file the session's name.
 */
export function* intervalCsvParts(file: string, intervals: readonly IntervalSummary[], nameOf: (person: number) => string, { byteOrderMark = false }: Partial<CsvOptions> = {}): Generator<string> {
  yield `${byteOrderMark ? BYTE_ORDER_MARK : ''}${csvHeader(INTERVAL_COLUMNS)}${END_OF_LINE}`;
  for (const [i, interval] of intervals.entries()) {
    const constant = { file, interval, number: i + 1 };
    const rows = [{ ...constant, person: null, summary: interval.everybody }, ...Array.from(interval.people, ([person, summary]) => ({ ...constant, person: nameOf(person), summary }))];
    yield rows.map((row) => `${csvFields(INTERVAL_COLUMNS, row)}${END_OF_LINE}`).join('');
  }
}
