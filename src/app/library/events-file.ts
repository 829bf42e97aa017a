import { MienError } from '../../engine/errors';
import { LONGEST_TASK_MS, visitYielding, yieldToEventLoop } from '../../engine/yield-to-event-loop';
import { csvRows, type CsvRow } from '../../lab/data/csv';
import { textOf } from '../../lab/data/text';
import type { Marker } from '../../session/session-info';
import { parseSignedClock } from '../../words/parse-clock';

export interface EventsFile {
  /** In the file's order: sorting a million would be a long task. */
  readonly markers: readonly Marker[];
  /** Line numbers, from 1, of rows without a time. */
  readonly withoutTime: readonly number[];
}

/** Most events taken from a file: each edit stores and counts all markers anew. */
export const MOST_EVENTS = 20_000;

export interface ReadEventsOptions {
  readonly signal: AbortSignal;
  /** Called with the share read, 0–1. */
  readonly onProgress: (share: number) => void;
}

/** Time columns of experiment files, such as BIDS's `onset`. A unit may follow: `time_ms`, `Onset (s)`, `startMs`, R's `Time..ms.`. */
const TIME = /^(?:time(?:stamp)?|seconds?|milliseconds?|onset|start|t|m?s)(?:[\s_.,/-]*(?:in\s+)?[([]?(?:ms|msecs?|millis(?:econds?)?|s|secs?|seconds?)[)\].]?)?$/i;
/** Also applied to the first column if no name is known: `latency_ms`. */
const IN_MS = /(?:\b|_|time|stamp|onset|start|^t)(?:ms|msecs?|millis(?:econds?)?)[)\].]?$/i;
const LABEL = /^(?:label|event|name|note|marker|trial_type|code|description|text)$/i;

/**
 * Reads events, each row with a time and a label. Times are seconds, milliseconds if the column name says so, or clock times (`1:15.5`), and may be below 0.
 * A header may name the columns in any order; without one, the first column that holds times and an adjacent one are used.
 *
 * Reads in short tasks.
 *
 * @throws MienError of kind `image` if the file cannot be read, or the signal's reason.
 */
export async function readEvents(file: Blob, options: ReadEventsOptions): Promise<EventsFile> {
  const rows = await rowsOf(file, options);
  const first = rows[0]?.fields ?? [];
  const hasHeader = first.every((field) => parseSignedClock(field) === null);
  const events = hasHeader ? rows.slice(1) : rows;
  const timeNamed = hasHeader ? first.findIndex((name) => TIME.test(name.trim())) : -1;
  const timeAt = timeNamed >= 0 ? timeNamed : timeColumn(events);
  const named = hasHeader ? first.findIndex((name, i) => i !== timeAt && LABEL.test(name.trim())) : -1;
  const labelAt = named >= 0 ? named : timeAt + 1 < first.length || timeAt === 0 ? timeAt + 1 : timeAt - 1;
  const inMs = hasHeader && IN_MS.test((first[timeAt] ?? '').trim());
  const markers: Marker[] = [];
  const withoutTime: number[] = [];
  const take = ({ fields, line }: CsvRow) => {
    const time = fields[timeAt] ?? '';
    const atMs = parseSignedClock(time);
    if (atMs === null) withoutTime.push(line);
    else markers.push({ atMs: inMs && !time.includes(':') ? atMs / 1000 : atMs, note: (fields[labelAt] ?? '').trim() });
  };
  await visitYielding(events, take, options.signal);
  return { markers, withoutTime };
}

/** The file's rows; none if it is no table. */
async function rowsOf(file: Blob, { signal, onProgress }: ReadEventsOptions): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  let yieldAtMs = performance.now() + LONGEST_TASK_MS;
  try {
    for await (const row of csvRows(counted(file, onProgress))) {
      rows.push(row);
      if (performance.now() < yieldAtMs) continue;
      await yieldToEventLoop();
      signal.throwIfAborted();
      yieldAtMs = performance.now() + LONGEST_TASK_MS;
    }
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof RangeError) return [];
    throw new MienError('image', 'unreadable', String(thrown), thrown);
  }
  return rows;
}

/** The file's text. Reports progress by characters, of which there are at most as many as bytes. */
async function* counted(file: Blob, onProgress: (share: number) => void): AsyncGenerator<string, void> {
  let characters = 0;
  for await (const piece of textOf(file)) {
    yield piece;
    onProgress((characters += piece.length) / file.size);
  }
}

/** Number of rows examined to find the time column. */
const ASKED_ROWS = 50;

/** The first column with a time in more than half of the rows; else column 0. */
function timeColumn(rows: readonly CsvRow[]): number {
  const asked = rows.slice(0, ASKED_ROWS);
  const width = Math.max(0, ...asked.map(({ fields }) => fields.length));
  const columns = Array.from({ length: width }, (_, column) => column);
  return Math.max(0, columns.findIndex((column) => asked.filter(({ fields }) => parseSignedClock(fields[column] ?? '') !== null).length * 2 > asked.length));
}
