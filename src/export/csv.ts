export type CsvValue = string | number | boolean | null;

/** A table column: its header name and its value in each row. */
export interface CsvColumn<Row> {
  readonly name: string;
  /** Null gives an empty field. */
  readonly value: (row: Row) => CsvValue;
}

/** Makes Excel read a file as UTF-8 instead of the system's code page. */
export const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvOptions {
  /** Starts the file with a byte-order mark. */
  readonly byteOrderMark: boolean | undefined;
}

/** Line terminator of RFC 4180. */
export const END_OF_LINE = '\r\n';

/** The header line in RFC 4180, without a line terminator. */
export function csvHeader<Row>(columns: readonly CsvColumn<Row>[]): string {
  return columns.map(({ name }) => toField(name)).join(',');
}

/** A row in RFC 4180, without a line terminator: values are quoted only if needed, quotes within are doubled. */
export function csvFields<Row>(columns: readonly CsvColumn<Row>[], row: Row): string {
  return columns.map(({ value }) => toField(value(row))).join(',');
}

/** The whole table, header first. */
export function toCsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  return [csvHeader(columns), ...rows.map((row) => csvFields(columns, row))].map((line) => `${line}${END_OF_LINE}`).join('');
}

/** The whole table as unquoted fields, header first, with numbers written by `wordNumber`. */
export function toFields<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[], wordNumber: (value: number) => string): string[][] {
  return [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ value }) => toText(value(row), wordNumber)))];
}

function toText(value: CsvValue, wordNumber: (value: number) => string = String): string {
  if (value === null) return '';
  if (typeof value === 'number') return wordNumber(value);
  return typeof value === 'string' ? guardFormula(value) : String(value);
}

function toField(value: CsvValue): string {
  const text = toText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Prefixes that spreadsheets run as formulas, and the guard itself so that it can be removed again. */
const ALWAYS_GUARDED = /^['=@\t\r]/;
/** Harmful after a plus or minus: a function call, a cell of another sheet, or a command. Anything else is plain arithmetic. */
const HARMFUL_ARITHMETIC = /^[+-].*(?:[\p{L}\p{N}_.]\(|[\p{L}\p{N}_'\]]!\$?\p{L}|[\p{L}\p{N}_]\|)/su;

/**
 * Prepends an apostrophe to text that a spreadsheet would run as a harmful formula; a note such as "- looks away"
 * stays unchanged. `unguardFormula` reverses this.
 */
export function guardFormula(text: string): string {
  return ALWAYS_GUARDED.test(text) || HARMFUL_ARITHMETIC.test(text) ? `'${text}` : text;
}

/** Removes the apostrophe that `guardFormula` added. Text that starts with one of its own is always guarded, so this is lossless. */
export function unguardFormula(text: string): string {
  return text.replace(/^'/, '');
}
