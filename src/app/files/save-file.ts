/** Downloads a file. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the file after this task; Safari only after the user has confirmed the download.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
