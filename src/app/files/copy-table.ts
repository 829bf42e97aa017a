import { copyText } from '../copy-text';

/**
 * Copies a table: spreadsheets take it cell by cell, documents and mails as a table.
 *
 * @throws Error where the browser refuses.
 */
export async function copyTable(rows: readonly (readonly string[])[]): Promise<void> {
  const { text, html } = clipboardTable(rows);
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text, 'text/html': html })]);
  } catch {
    await copyText(text);
  }
}

/** A table as text with tabs, and as HTML. */
export function clipboardTable(rows: readonly (readonly string[])[]): { readonly text: string; readonly html: string } {
  const cells = (row: readonly string[]) => row.map((field) => `<td>${field.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</td>`).join('');
  return {
    text: rows.map((row) => row.map((field) => field.replaceAll(/[\t\r\n]+/g, ' ')).join('\t')).join('\n'),
    html: `<table>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</table>`,
  };
}
