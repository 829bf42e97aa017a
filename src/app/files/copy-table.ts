import { copyText } from '../copy-text';

/**
 * Copies a table in two forms: tab-separated text for spreadsheets, HTML for documents and mails.
 *
 * @throws Error if the browser refuses.
 */
export async function copyTable(rows: readonly (readonly string[])[]): Promise<void> {
  const { text, html } = clipboardTable(rows);
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text, 'text/html': html })]);
  } catch {
    await copyText(text);
  }
}

/** The table as tab-separated text and as HTML. */
export function clipboardTable(rows: readonly (readonly string[])[]): { readonly text: string; readonly html: string } {
  const cells = (row: readonly string[]) => row.map((field) => `<td>${field.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</td>`).join('');
  return {
    text: rows.map((row) => row.map((field) => field.replaceAll(/[\t\r\n]+/g, ' ')).join('\t')).join('\n'),
    html: `<table>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</table>`,
  };
}
