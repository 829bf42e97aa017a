export type CsvValue = string | number | boolean | null;

/** One column of a table: its name in the header, and its value in each row. */
export interface CsvColumn<Row> {
  readonly name: string;
  /** Null: the field is empty. */
  readonly value: (row: Row) => CsvValue;
}

/** Lets Excel read a file as UTF-8, which it otherwise takes for the system's own encoding. */
export const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvOptions {
  /** Begins the file with a byte-order mark. */
  readonly byteOrderMark: boolean | undefined;
}

/** End of every line, RFC 4180. */
export const END_OF_LINE = '\r\n';

/** The header's fields as RFC 4180, without an end of line. */
export function csvHeader<Row>(columns: readonly CsvColumn<Row>[]): string {
  return columns.map(({ name }) => toField(name)).join(',');
}

/** A row's fields as RFC 4180: quotes where a value needs them, doubled within; without an end of line. */
export function csvFields<Row>(columns: readonly CsvColumn<Row>[], row: Row): string {
  return columns.map(({ value }) => toField(value(row))).join(',');
}

/** A whole table. */
export function toCsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return [csvHeader(columns), ...rows.map((row) => csvFields(columns, row))].map((line) => `${line}${END_OF_LINE}`).join('');
}

/** A whole table as fields without quotes, its header first. */
export function toFields<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string[][] {
  return [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ value }) => toText(value(row))))];
}

function toText(value: CsvValue): string {
  if (value === null) return '';
  return typeof value === 'string' ? guardFormula(value) : String(value);
}

function toField(value: CsvValue): string {
  const text = toText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Prefixes that spreadsheets run as formulas; and the guard itself, so that it can be removed again. */
const ALWAYS_GUARDED = /^['=@\t\r]/;
/** After a plus or minus: a function's call, another sheet's cell, or a command. The rest is harmless arithmetic. */
const HARMFUL_ARITHMETIC = /^[+-].*(?:[\p{L}\p{N}_.]\(|[\p{L}\p{N}_'\]]!\$?\p{L}|[\p{L}\p{N}_]\|)/su;

/**
 * Puts an apostrophe before text that a spreadsheet would run as a harmful formula. A note such as "- looks away"
 * stays as typed. `unguardFormula` gives the text back.
 */
export function guardFormula(text: string): string {
  return ALWAYS_GUARDED.test(text) || HARMFUL_ARITHMETIC.test(text) ? `'${text}` : text;
}

/** Takes off the apostrophe that `guardFormula` put before a text: a leading one is never the text's own. */
export function unguardFormula(text: string): string {
  return text.replace(/^'/, '');
}
