/** Hands a file to the browser's downloads. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the file after this turn; Safari only once a download that it asks about was allowed.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
