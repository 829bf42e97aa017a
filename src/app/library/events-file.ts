import { csvRows } from '../../lab/data/csv';
import type { Marker } from '../../session/session-info';
import { parseClock } from '../../words/parse-clock';

export interface EventsFile {
  /** In order of time. */
  readonly markers: readonly Marker[];
  /** Numbers of the rows, from 1 and the header among them, that have no time. */
  readonly withoutTime: readonly number[];
}

/** Names of columns in files of experiments: BIDS has `onset` and `trial_type`. */
const TIME = /^(?:time(?:_?s|stamp)?|seconds?|onset|start|t)$/i;
const LABEL = /^(?:label|event|name|note|marker|trial_type|code|description|text)$/i;

/**
 * Reads events: a time, in seconds or as a clock (`1:15.5`), and a label on each row. Columns are separated by commas, semicolons or tabs.
 * A header may say which they are, in any order; without it the first two count.
 */
export async function readEvents(text: string): Promise<EventsFile> {
  const rows = await rowsOf(text);
  const [first = []] = rows;
  const hasHeader = first.every((field) => parseClock(field) === null);
  const timeAt = Math.max(0, hasHeader ? first.findIndex((name) => TIME.test(name.trim())) : 0);
  const named = hasHeader ? first.findIndex((name, i) => i !== timeAt && LABEL.test(name.trim())) : -1;
  const labelAt = named >= 0 ? named : timeAt + 1;
  const markers: Marker[] = [];
  const withoutTime: number[] = [];
  rows.forEach((row, i) => {
    if (i === 0 && hasHeader) return;
    const atMs = parseClock(row[timeAt] ?? '');
    if (atMs === null) withoutTime.push(i + 1);
    else markers.push({ atMs, note: (row[labelAt] ?? '').trim() });
  });
  return { markers: markers.sort((a, b) => a.atMs - b.atMs), withoutTime };
}

async function rowsOf(text: string): Promise<readonly string[][]> {
  const [head = ''] = text.split('\n', 1);
  const delimiter = head.includes('\t') ? '\t' : head.includes(';') ? ';' : ',';
  if (delimiter === ',') {
    const rows: string[][] = [];
    for await (const { fields } of csvRows(piece(text))) rows.push(fields);
    return rows;
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => line !== '');
  return lines.map((line) => line.split(delimiter).map((field) => field.trim().replace(/^"(.*)"$/, '$1').replaceAll('""', '"')));
}

async function* piece(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
