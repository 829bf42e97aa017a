export type CsvValue = string | number | boolean | undefined;

/** RFC 4180: CRLF after every row, quotes where a value needs them, doubled within. Undefined is empty. */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [header, ...rows].map(toCsvRow).join('');
}

/** One row of it, its end of line included. */
export function toCsvRow(row: readonly CsvValue[]): string {
  return `${row.map(toField).join(',')}\r\n`;
}

function toField(value: CsvValue): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? disarm(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets run text that begins like a formula, and a file may have any name. */
function disarm(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
